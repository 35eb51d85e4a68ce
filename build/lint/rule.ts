import type { Section } from '../../lib/bundle/bundle.ts';
import type { KeyPath } from '../manifest/check.ts';
import type { Entry, EntryDefaults, Located, Manifest } from '../manifest/types.ts';
import type { ImageRef } from '../reference/image-ref.ts';
import type { Reader } from '../spec/bundle.ts';
import type { LabelRequest } from '../spec/containment/label-requests.ts';
import type { EffectiveEntry } from '../spec/effective-entry.ts';

/** An entry of onboot, onshutdown or services, with what is known about its image without building it. */
export interface Subject extends Located<Entry> {
  readonly section: Section;
  /** What counts for the entry: the manifest, the label of its image as far as it is known, and defaults. */
  readonly effective: EffectiveEntry;
  /** What the label sets and the manifest leaves; nothing for kit's own packages. */
  readonly inherited: EntryDefaults;
  /** What a foreign label asks for beyond the defaults. */
  readonly requests: readonly LabelRequest[];
  /** The image is a package of kit itself, whose settings the user cannot change. */
  readonly isKitPackage: boolean;
}

export interface Subjects {
  readonly manifest: Manifest;
  readonly entries: readonly Subject[];
  /** The init of the manifest: that of kit has defaults of containment. */
  readonly reader: Reader;
  /** Whether kit.lock has a digest for this image. */
  readonly isLocked: (ref: Located<ImageRef>) => boolean;
}

/** A match of a rule, at `path` below the origin. */
export interface Hit {
  readonly at: Located<unknown>;
  readonly path?: KeyPath;
  /** What was found: `service "web" has all capabilities`. */
  readonly what: string;
  /** How to fix it here, where that depends on what was found. */
  readonly instead?: string;
}

export interface Rule {
  readonly name: string;
  /** Why it is a problem; follows `what` and a colon in messages. */
  readonly why: string;
  /** How to fix it. */
  readonly instead: string;
  readonly find: (subjects: Subjects) => Hit[];
}

/** What the manifest sets, at its keys, and what the label of the image sets, at the image. */
export function givenBy(
  { value, inherited }: Subject,
  judge: (fields: EntryDefaults) => { readonly path: KeyPath; readonly what: string } | undefined,
): { readonly path: KeyPath; readonly what: string } | undefined {
  const own = judge(value);
  if (own) return own;
  const ofLabel = judge(inherited);
  return ofLabel && { path: ['image'], what: `${ofLabel.what}, by the label of its image` };
}

/** Whether a bind has this source (`//` is `/`), and lets the container write there. */
export function isWritable(bind: string, source: string): boolean {
  const [from = '', , options = ''] = bind.split(':');
  return from.replace(/^\/+$/, '/') === source && !options.split(',').includes('ro');
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
