import type { Refusal, Subject } from './demand.ts';

/** What the program of pkg/landlock could not do: landlock_restrict_self(2). */
export function landlockDemands({ entry: { landlock, noNewPrivileges } }: Subject): Refusal[] {
  if (!landlock) return [];
  const empty: Refusal[] = Object.values(landlock).every((rules) => rules === undefined)
    ? [[['landlock'], '`landlock` has no list, and would confine nothing', 'landlock: {write: [/data]}']]
    : [];
  const privileges: Refusal[] = noNewPrivileges
    ? []
    : [[['landlock'], '`landlock` is for programs that gain no privileges', 'noNewPrivileges: true']];
  return [...empty, ...privileges];
}
