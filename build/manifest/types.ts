import type { SourcePosition } from '../../lib/errors/errors.ts';
import type { Path } from './check.ts';
import type {
  budgetFields,
  controlFields,
  entryDefaults,
  entryFields,
  fileFields,
  kernelFields,
  networkFields,
  volumeFields,
} from './fields.ts';
import type { RecordOf } from './kinds.ts';

/** An image entry as it was written: onboot, onshutdown or services. */
export type Entry = RecordOf<typeof entryFields>;
/** What a label may set: an entry without name and image. */
export type EntryDefaults = RecordOf<typeof entryDefaults>;
export type Kernel = RecordOf<typeof kernelFields>;
export type FileEntry = RecordOf<typeof fileFields>;
export type Volume = RecordOf<typeof volumeFields>;
export type Network = RecordOf<typeof networkFields>;
export type Control = RecordOf<typeof controlFields>;
export type Budgets = RecordOf<typeof budgetFields>;

/** Where something was written down. */
export interface Origin {
  /** As the user named it: `examples/sshd.yml`, `-`. */
  readonly file: string;
  /** Absolute folder that relative paths in it mean. */
  readonly folder: string;
  /** The place of a value below this one (`['binds', 0]`), or of what comes nearest. */
  readonly place: (path?: Path) => SourcePosition;
  /** The whole text, with its comments. */
  readonly text?: string;
  /** Names that came from templates, with the absolute folders of their packages. */
  readonly packages?: ReadonlyMap<string, string>;
}

export interface Located<T> {
  readonly value: T;
  readonly origin: Origin;
}

/** One document, or several merged: checked, with nothing filled in. */
export interface Manifest {
  readonly kernel: Located<Kernel> | undefined;
  readonly init: readonly Located<string>[];
  readonly onboot: readonly Located<Entry>[];
  readonly onshutdown: readonly Located<Entry>[];
  readonly services: readonly Located<Entry>[];
  readonly files: readonly Located<FileEntry>[];
  readonly volumes: readonly Located<Volume>[];
  /** One for each document that has it. */
  readonly network: readonly Located<Network>[];
  /** That of the last document that has it. */
  readonly control: Located<Control> | undefined;
  /** One for each document that has it; the last one with a key counts. */
  readonly budgets: readonly Located<Budgets>[];
}
