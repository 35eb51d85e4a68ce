import type { Policy } from './policy.ts';
import { policiesIn, readPolicy } from './read-policy.ts';

/** The policies that images of others must fulfil, all of them. Read when they are needed. */
export interface Policies {
  /** @throws KitErrors, KitError for one that cannot be read */
  all(): readonly Policy[];
  /** These, and those beside manifests in these folders, unless the user has named one for all. */
  beside(folders: Iterable<string>): Policies;
}

export const noPolicies: Policies = policiesFrom(() => []);

/** The one that the user has named for this command, and no other. @param file absolute path */
export function onlyPolicy(file: string): Policies {
  const policies: Policies = { all: once(() => [readPolicy(file)]), beside: () => policies };
  return policies;
}

/** The user's own, if there is one. A policy beside a manifest adds to it, and takes nothing from it. */
export function policiesFrom(find: () => readonly Policy[]): Policies {
  const all = once(find);
  return {
    all,
    beside: (folders) => {
      const places = [...folders];
      return policiesFrom(() => distinct([...all(), ...policiesIn(places)]));
    },
  };
}

const distinct = (policies: readonly Policy[]): Policy[] => [
  ...new Map(policies.map((policy) => [policy.file, policy])).values(),
];

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
