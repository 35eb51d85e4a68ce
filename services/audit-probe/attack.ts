import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { codeOf, reasonOf } from '../../lib/errors/errors.ts';

/**
 * One attack on one promise. It undoes what it did. Returns what it reached, which means that the promise
 * does not hold, or undefined; throws the error of the kernel that refused it.
 */
export type Attack = () => Attempt | Promise<Attempt>;
export type Attempt = string | undefined;

/** By the id of the promise (build/audit/promises.ts). */
export type Attacks = Readonly<Record<string, Attack>>;

/** Thrown by an attack on what a machine does not have: a sentence that says so. */
export class Untried extends Error {}

/** What a kernel says to one who may not: by its own rules, by a filter, by a read-only or absent file. */
const refusals: ReadonlySet<string> = new Set([
  ...['EPERM', 'EACCES', 'EROFS', 'ENOSYS', 'ENOENT', 'ENOTDIR', 'ENODEV', 'ENXIO', 'ESRCH'],
  ...['ECONNREFUSED', 'EOPNOTSUPP', 'EAFNOSUPPORT', 'EPROTONOSUPPORT'],
]);

/** The refusal that a thrown error stands for; undefined for any other error. */
export function refusalOf(thrown: unknown): string | undefined {
  const code = codeOf(thrown);
  return code !== undefined && refusals.has(code) ? code : undefined;
}

/**
 * An attack by a call whose arguments are wrong on purpose, so that it does nothing: a kernel that complains
 * about them would have carried out right ones.
 */
export function reaches(what: string, call: () => unknown): Attempt {
  try {
    call();
    return what;
  } catch (thrown) {
    if (refusalOf(thrown) !== undefined) throw thrown;
    return `${what} (${codeOf(thrown) ?? reasonOf(thrown)})`;
  }
}

/**
 * Tries each target; returns those that the attack reached. @throws the first refusal when it reached none
 */
export function firstsOf<T>(targets: readonly T[], attack: (target: T) => Attempt): Attempt {
  const reached: string[] = [];
  let refused: unknown;
  for (const target of targets) {
    try {
      const what = attack(target);
      if (what !== undefined) reached.push(what);
    } catch (thrown) {
      if (refusalOf(thrown) === undefined) throw thrown;
      refused ??= thrown;
    }
  }
  if (reached.length > 0) return listed(reached);
  if (refused !== undefined) throw refused;
  return undefined;
}

/** Of a long list its first ones, and how many more there are. */
export function listed(items: readonly string[], most = 4): string {
  const more = items.length > most ? [`and ${items.length - most} more`] : [];
  return [...items.slice(0, most), ...more].join(', ');
}

/** A file to try in a folder, which probes of several services may share. */
export const trialFile = (folder: string): string => join(folder, `.audit-${randomUUID()}`);
