/** The built examples. Checksums are sha256 in hex; a short one has the first 16 digits. */
export interface ImageRecord {
  /** The commit, or `work tree`. */
  readonly of: string;
  /** By manifest (`minimal.yml`), then by architecture and format (`amd64 iso-efi`). */
  readonly images: Readonly<Record<string, Readonly<Record<string, BuiltRecord>>>>;
  /** Contents of each archive and file system, by its short checksum. */
  readonly contents: Readonly<Record<string, Listing>>;
  /** config.json and runtime.json of bundles, by short checksum. */
  readonly bundles: Readonly<Record<string, unknown>>;
}

/** The result of `kit build`: files by name, or its error message. */
export type BuiltRecord =
  | { readonly memoryMiB: number; readonly files: Readonly<Record<string, FileRecord>> }
  | { readonly refused: string };

export interface FileRecord {
  readonly bytes: number;
  readonly sha256: string;
  /**
   * The first 8 digits of the checksum of each block of `blockBytes`, `-` for zeros, separated by spaces; ''
   * for a single block.
   */
  readonly blocks: string;
}

/**
 * By path: `100644 12 3f2a…`, that is mode, bytes and short checksum, or only the mode; then other metadata.
 */
export type Listing = Readonly<Record<string, string>>;

export const blockBytes = 4 << 20;

export const short = (sha256: string): string => sha256.slice(0, 16);
