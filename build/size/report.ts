/** What takes the room in an image. Sizes are in bytes. */
export interface SizeReport {
  /** As the user named it. */
  readonly subject: string;
  /** What the image weighs: compressed, where its format compresses. */
  readonly bytes: number;
  readonly unpackedBytes: number;
  /** The largest first. */
  readonly parts: readonly SizedPart[];
}

/** A kernel, a layer, or what else lies in an image as one piece. */
export interface SizedPart {
  /** `Node runtime`, `debian of kit/containerd` */
  readonly title: string;
  /** The image that it comes from, without its tag: `kit/containerd`; null where that is not known. */
  readonly package: string | null;
  /** Entries of the manifest that need it: `init`, `services web`; empty where that is not known. */
  readonly users: readonly string[];
  readonly bytes: number;
  readonly unpackedBytes: number;
  /** The largest first. Their bytes are less than the part's: a file system has tables of its own. */
  readonly files: readonly SizedFile[];
}

export interface SizedFile {
  readonly path: string;
  readonly bytes: number;
  readonly unpackedBytes: number;
}

/** Of a layer, as far as the image itself does not say it. */
export type PartName = Pick<SizedPart, 'title' | 'package' | 'users'>;

export function sizeReport(subject: string, parts: readonly SizedPart[]): SizeReport {
  const total = (size: (part: SizedPart) => number): number =>
    parts.reduce((sum, part) => sum + size(part), 0);
  return {
    subject,
    bytes: total(({ bytes }) => bytes),
    unpackedBytes: total(({ unpackedBytes }) => unpackedBytes),
    parts: parts.map((part) => ({ ...part, files: largestFirst(part.files) })).toSorted(byBytes),
  };
}

/** A part of which only the size is known. */
export const solidPart = (title: string, bytes: number, users: readonly string[] = []): SizedPart => ({
  ...{ title, package: null, users, bytes, unpackedBytes: bytes, files: [] },
});

export const largestFirst = (files: readonly SizedFile[]): SizedFile[] => files.toSorted(byBytes);

const byBytes = (a: Sized, b: Sized): number => b.bytes - a.bytes || b.unpackedBytes - a.unpackedBytes;

type Sized = Pick<SizedFile, 'bytes' | 'unpackedBytes'>;
