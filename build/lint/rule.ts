import type { Section } from '../../lib/bundle/bundle.ts';
import type { Path } from '../manifest/check.ts';
import type { Entry, Located, Manifest } from '../manifest/types.ts';
import type { Settled } from '../spec/settle.ts';

/** An entry of onboot, onshutdown or services, and what is known of its image without building it. */
export interface Subject extends Located<Entry> {
  readonly section: Section;
  /** With the defaults of its package under it; those of foreign images, and kit's own, are left out. */
  readonly settled: Partial<Settled>;
  /** A package of kit's own checkout: what it asks for is not the user's to mend. */
  readonly isOurs: boolean;
}

export interface Subjects {
  readonly manifest: Manifest;
  readonly entries: readonly Subject[];
  /** Whether kit.lock holds the image of this reference. */
  readonly isLocked: (ref: Located<string>) => boolean;
}

/** Something that a rule found, at `path` below the origin. */
export interface Hit {
  readonly at: Located<unknown>;
  readonly path?: Path;
  /** What is so, as a sentence: `service "web" has all capabilities`. */
  readonly what: string;
}

/** A piece of advice. */
export interface Rule {
  readonly name: string;
  /** Why it is better otherwise; follows `what` after a colon. */
  readonly why: string;
  /** The way out. */
  readonly instead: string;
  readonly find: (subjects: Subjects) => Hit[];
}

/** `service "web"`, `onboot entry "format"` */
export function nameOf({ section, value: { name } }: Subject): string {
  return `${section === 'services' ? 'service' : `${section} entry`} "${name}"`;
}

/** A rule that looks at one entry at a time. @param says what is wrong with it, and where below it */
export function entryRule(
  rule: Omit<Rule, 'find'>,
  says: (subject: Subject, all: Subjects) => { readonly path?: Path; readonly what: string } | undefined,
): Rule {
  return {
    ...rule,
    find: (subjects) =>
      subjects.entries.flatMap((at) => {
        const found = says(at, subjects);
        return found ? [{ at, ...found, what: `${nameOf(at)} ${found.what}` }] : [];
      }),
  };
}
