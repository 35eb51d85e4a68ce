import type { Section } from '../../../lib/bundle/bundle.ts';
import type { Arch } from '../../host/arch.ts';
import type { KeyPath } from '../../manifest/check.ts';
import type { EffectiveEntry } from '../effective-entry.ts';
import { FieldError } from '../field-error.ts';

/** What an entry asks for, and what decides whether the machine can give it. */
export interface Subject {
  readonly entry: EffectiveEntry;
  readonly section: Section;
  readonly arch: Arch;
  /** The kernel's limit of open files, fs.nr_open. */
  readonly openFiles: number;
}

/**
 * Finds what the OCI runtime or the kernel would refuse when the container starts: where, what, and a way
 * out.
 */
export type Demand = (subject: Subject) => readonly Refusal[];

export type Refusal = readonly [path: KeyPath, message: string, hint?: string | undefined];

export const refusal = ([path, message, hint]: Refusal): FieldError => new FieldError(path, message, hint);
