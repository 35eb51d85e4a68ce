/** A file to be written below /run/config. */
export interface PlannedFile {
  /** Relative, without `..`: `ssh/authorized_keys` */
  readonly path: string;
  readonly mode: number;
  readonly content: Buffer;
}

/** What user data of any kind can ask for. */
export interface Asked {
  readonly hostname?: string | undefined;
  readonly sshKeys: readonly string[];
  readonly files: readonly PlannedFile[];
  /** Mistakes, in sentences. */
  readonly problems: readonly string[];
  /** What is passed over on purpose, in sentences; no failure. */
  readonly notes: readonly string[];
}
