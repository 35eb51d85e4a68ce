import type { Section } from '../../lib/bundle/bundle.ts';
import type { KeyPath } from '../manifest/check.ts';
import type { Entry, Located, Manifest } from '../manifest/types.ts';
import type { EffectiveEntry } from '../spec/effective-entry.ts';

/** An entry of onboot, onshutdown or services, with what is known about its image without building it. */
export interface Subject extends Located<Entry> {
  readonly section: Section;
  /** The entry merged with the defaults of its package, without those of other images and of kit. */
  readonly effective: Partial<EffectiveEntry>;
  /** The image is a package of kit itself, whose settings the user cannot change. */
  readonly isKitPackage: boolean;
}

export interface Subjects {
  readonly manifest: Manifest;
  readonly entries: readonly Subject[];
  /** Whether kit.lock has a digest for this image. */
  readonly isLocked: (ref: Located<string>) => boolean;
}

/** A match of a rule, at `path` below the origin. */
export interface Hit {
  readonly at: Located<unknown>;
  readonly path?: KeyPath;
  /** What was found: `service "web" has all capabilities`. */
  readonly what: string;
}

export interface Rule {
  readonly name: string;
  /** Why it is a problem; follows `what` and a colon in messages. */
  readonly why: string;
  /** How to fix it. */
  readonly instead: string;
  readonly find: (subjects: Subjects) => Hit[];
}

/** `service "web"`, `onboot entry "format"` */
export function nameOf({ section, value: { name } }: Subject): string {
  return `${section === 'services' ? 'service' : `${section} entry`} "${name}"`;
}

/** A rule that checks entries one by one. @param check returns what is wrong, and where in the entry */
export function entryRule(
  rule: Omit<Rule, 'find'>,
  check: (subject: Subject, all: Subjects) => { readonly path?: KeyPath; readonly what: string } | undefined,
): Rule {
  return {
    ...rule,
    find: (subjects) =>
      subjects.entries.flatMap((at) => {
        const found = check(at, subjects);
        return found ? [{ at, ...found, what: `${nameOf(at)} ${found.what}` }] : [];
      }),
  };
}
