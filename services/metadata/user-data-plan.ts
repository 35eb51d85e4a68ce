/** A file to write below /run/config. */
export interface PlannedFile {
  /** Relative, without `..`: `ssh/authorized_keys` */
  readonly path: string;
  readonly mode: number;
  readonly content: Buffer;
}

/** A folder to make below /run/config, also without files in it. */
export interface PlannedFolder {
  /** Relative, without `..`: `ssh` */
  readonly path: string;
  /** Undefined: root's, and passable for those who may read a file in it. */
  readonly mode: number | undefined;
}

/**
 * The mode of what user data gives no mode: it often holds keys and passwords, so only root may read it.
 */
export const secretMode = 0o600;

/** The requests of user data of any format. */
export interface UserDataPlan {
  readonly hostname?: string | undefined;
  readonly sshKeys: readonly string[];
  readonly files: readonly PlannedFile[];
  readonly folders: readonly PlannedFolder[];
  /** Mistakes, one sentence each. */
  readonly problems: readonly string[];
  /** User data that is ignored on purpose, one sentence each; not a failure. */
  readonly notes: readonly string[];
}
