/** What the examples were built into. Sums are hex digits of sha256; a short one has its first 16. */
export interface ImageRecord {
  /** The commit, or `work tree`. */
  readonly of: string;
  /** By manifest (`minimal.yml`), then by architecture and format (`amd64 iso-efi`). */
  readonly images: Readonly<Record<string, Readonly<Record<string, BuiltRecord>>>>;
  /** Of each archive and file system in them, by its short sum. */
  readonly contents: Readonly<Record<string, Listing>>;
  /** config.json and runtime.json of bundles, by short sum. */
  readonly bundles: Readonly<Record<string, unknown>>;
}

/** What `kit build` said: files by name, or the sentence with which it refused. */
export type BuiltRecord =
  | { readonly memoryMiB: number; readonly files: Readonly<Record<string, FileRecord>> }
  | { readonly refused: string };

export interface FileRecord {
  readonly bytes: number;
  readonly sha256: string;
  /**
   * The first 8 digits of the sum of each block of `blockBytes`, `-` for zeros, with spaces between; '' for
   * one.
   */
  readonly blocks: string;
}

/**
 * By path: `100644 12 3f2a…`, mode, bytes and short sum, or the mode alone; then what else its header says.
 */
export type Listing = Readonly<Record<string, string>>;

export const blockBytes = 4 << 20;

export const short = (sha256: string): string => sha256.slice(0, 16);
