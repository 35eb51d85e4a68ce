import type { SourcePosition } from '../../lib/errors/errors.ts';
import type { ImageRef } from '../reference/image-ref.ts';
import type { KeyPath } from './check.ts';
import type {
  budgetFields,
  controlFields,
  diskFields,
  entryDefaults,
  entryFields,
  fileFields,
  kernelFields,
  metadataFields,
  networkFields,
  signingFields,
  updatesFields,
  volumeFields,
  watchdogFields,
} from './fields.ts';
import type { RecordOf } from './kinds.ts';

/** A record of the manifest as written, except that its `image` is parsed. */
type WithImage<T> = Omit<T, 'image'> &
  (T extends { readonly image: string } ? { readonly image: ImageRef } : { readonly image?: ImageRef });

/** An image entry: an item of onboot, onshutdown or services. */
export type Entry = WithImage<RecordOf<typeof entryFields>>;
/** The fields of an image entry that a label can set: all but name and image. */
export type EntryDefaults = RecordOf<typeof entryDefaults>;
/** `kernel:` */
export type KernelOptions = Omit<WithImage<RecordOf<typeof kernelFields>>, 'modules'>;
export type FileEntry = RecordOf<typeof fileFields>;
export type DiskEntry = RecordOf<typeof diskFields>;
export type VolumeEntry = WithImage<RecordOf<typeof volumeFields>>;
export type Network = RecordOf<typeof networkFields>;
export type Control = RecordOf<typeof controlFields>;
export type MetadataSettings = RecordOf<typeof metadataFields>;
export type UpdateSettings = RecordOf<typeof updatesFields>;
export type WatchdogSettings = RecordOf<typeof watchdogFields>;
export type Signing = RecordOf<typeof signingFields>;
export type Budgets = RecordOf<typeof budgetFields>;

/** The manifest file, and the position in it, that a value comes from. */
export interface ManifestOrigin {
  /** As the user named it: `examples/sshd.yml`, `-`. */
  readonly file: string;
  /** Absolute folder that relative paths in the file are resolved against. */
  readonly folder: string;
  /**
   * The position of a value below this one (`['binds', 0]`); of the nearest enclosing value if it is absent.
   */
  readonly place: (path?: KeyPath) => SourcePosition;
  /** The text of the file. */
  readonly text?: string;
  /** Image names that came from templates, and the absolute folders of their packages. */
  readonly packages?: ReadonlyMap<string, string>;
}

/** A value of a manifest with its origin. */
export interface Located<T> {
  readonly value: T;
  readonly origin: ManifestOrigin;
}

/**
 * One manifest, or several merged: checked, without defaults. (The manifest of an OCI image is
 * ImageManifest.)
 */
export interface Manifest {
  readonly kernel: Located<KernelOptions> | undefined;
  /** `kernel.modules`, one for each manifest that has it. */
  readonly kernelModules: readonly Located<readonly string[]>[];
  readonly init: readonly Located<ImageRef>[];
  readonly onboot: readonly Located<Entry>[];
  readonly onshutdown: readonly Located<Entry>[];
  readonly services: readonly Located<Entry>[];
  readonly files: readonly Located<FileEntry>[];
  readonly disks: readonly Located<DiskEntry>[];
  readonly volumes: readonly Located<VolumeEntry>[];
  /** One for each manifest that has the key. */
  readonly network: readonly Located<Network>[];
  /** Of the last manifest that has the key. */
  readonly control: Located<Control> | undefined;
  /** Of the last manifest that has the key. */
  readonly modules: Located<'locked'> | undefined;
  /** Of the last manifest that has the key. */
  readonly watchdog: Located<WatchdogSettings> | undefined;
  /** Of the last manifest that has the key. */
  readonly updates: Located<UpdateSettings> | undefined;
  /** Of the last manifest that has the key. */
  readonly metadata: Located<MetadataSettings> | undefined;
  /** Of the last manifest that has the key. */
  readonly signing: Located<Signing> | undefined;
  /** One for each manifest that has the key; the last value of each field wins. */
  readonly budgets: readonly Located<Budgets>[];
}
