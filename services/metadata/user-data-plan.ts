/** A file to write below /run/config. */
export interface PlannedFile {
  /** Relative, without `..`: `ssh/authorized_keys` */
  readonly path: string;
  readonly mode: number;
  readonly content: Buffer;
}

/** The requests of user data of any format. */
export interface UserDataPlan {
  readonly hostname?: string | undefined;
  readonly sshKeys: readonly string[];
  readonly files: readonly PlannedFile[];
  /** Mistakes, one sentence each. */
  readonly problems: readonly string[];
  /** User data that is ignored on purpose, one sentence each; not a failure. */
  readonly notes: readonly string[];
}
