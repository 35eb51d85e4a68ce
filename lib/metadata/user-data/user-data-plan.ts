/** A file to write below /run/config. */
export interface PlannedFile {
  /** Relative, without `..`: `ssh/authorized_keys` */
  readonly path: string;
  readonly mode: number;
  readonly content: Buffer;
  /** Whether it goes to the end of the file of this path that is planned before it, if there is one. */
  readonly append?: boolean;
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
  /** Whether the machine keeps its name, whatever the metadata says. */
  readonly keepsHostname?: boolean;
  readonly sshKeys: readonly string[];
  readonly files: readonly PlannedFile[];
  readonly folders: readonly PlannedFolder[];
  /** Mistakes, one sentence each. */
  readonly problems: readonly string[];
  /** User data that is ignored on purpose, one sentence each; not a failure. */
  readonly notes: readonly string[];
}

export const emptyPlan: UserDataPlan = { sshKeys: [], files: [], folders: [], problems: [], notes: [] };

/** One after the other; of hostnames the last counts. */
export function joinPlans(plans: readonly UserDataPlan[]): UserDataPlan {
  return {
    hostname: plans.findLast(({ hostname }) => hostname !== undefined)?.hostname,
    keepsHostname: plans.some(({ keepsHostname }) => keepsHostname),
    sshKeys: plans.flatMap(({ sshKeys }) => sshKeys),
    files: plans.flatMap(({ files }) => files),
    folders: plans.flatMap(({ folders }) => folders),
    problems: plans.flatMap(({ problems }) => problems),
    notes: plans.flatMap(({ notes }) => notes),
  };
}
