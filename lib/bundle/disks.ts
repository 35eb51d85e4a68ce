/**
 * `/etc/kit/disks.json`: the manifest's `disks:` and the volumes on them or of the host, checked on the host,
 * with all defaults filled in. The program of pkg/disks reads it, before any other container runs.
 */
export interface DisksConfig {
  /** In the order in which they are prepared: a disk below the mount point of another one comes after it. */
  readonly disks: readonly DiskConfig[];
  readonly shares: readonly ShareConfig[];
}

export interface DiskConfig {
  readonly name: string;
  readonly match: DiskMatch;
  /** Absent: the file system takes the whole device. */
  readonly partition?: { readonly table: 'gpt' };
  /** Absent: the file system is on the device as it is. */
  readonly encrypt?: EncryptConfig;
  readonly fileSystem: FileSystemConfig;
  /** Absolute path in the machine; absent for swap. */
  readonly mount?: string;
  /** A device that has grown: its partition and its file system take what is new. */
  readonly grow: boolean;
  /** Once a week the disk is told which blocks hold nothing. */
  readonly trim: boolean;
  /** What is not as asked may be destroyed. */
  readonly wipe: boolean;
  readonly onFailure: DiskFailure;
  readonly volumes: readonly DiskVolume[];
  /** Bytes of a file on it that is used as swap; absent: none. */
  readonly swapFile?: number;
}

/** Exactly one key. */
export interface DiskMatch {
  /** Of the disk, as its driver shows it in sysfs. */
  readonly serial?: string;
  /** Of the file system, which must be there already. */
  readonly label?: string;
  /** In lower case where they are hexadecimal. */
  readonly uuid?: string;
  readonly partuuid?: string;
  /** `/dev/vdb`, `/dev/vdb1` */
  readonly path?: string;
  /** In bytes, both included. */
  readonly size?: { readonly min: number; readonly max: number };
  readonly firstEmpty?: true;
}

/** What is mounted. */
export const mountedTypes = ['ext4', 'xfs', 'btrfs'] as const;
export type MountedType = (typeof mountedTypes)[number];

export const fileSystemTypes = [...mountedTypes, 'swap'] as const;
export type FileSystemType = (typeof fileSystemTypes)[number];

export interface FileSystemConfig {
  readonly type: FileSystemType;
  /** Absent: any will do, since the disk is found by its file system's UUID. */
  readonly label?: string;
}

/**
 * What is between the device and the file system: a LUKS2 container; or, for swap, dm-crypt with a key that
 * is drawn at each boot, and that nobody ever sees.
 */
export type EncryptConfig =
  | { readonly kind: 'luks2'; readonly key: DiskKey }
  | { readonly kind: 'throwaway' };

/** Where the key of a container comes from. Exactly one key. */
export type DiskKey =
  /** All bytes of a file: an absolute path in the machine. */
  | { readonly file: string }
  /** A key of type "user" in the keyring of the machine's root: its description. */
  | { readonly keyctl: string }
  /** Drawn when the container is made, and sealed by the TPM in the container's header. */
  | { readonly tpm: true };

/** Bytes of the label of a LUKS2 header. */
export const containerLabelLimit = 47;

/** The name of the swap file of a disk, in the root of its file system. */
export const swapFileName = 'swapfile';

/** A folder of the disk: `volumes/<name>`. Owner and mode are those of a folder that is made. */
export interface DiskVolume {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

export const diskFailures = ['continue', 'shell', 'reboot', 'halt'] as const;
/** What follows when a disk is not as asked; in `diskFailures`, a later one wins over an earlier one. */
export type DiskFailure = (typeof diskFailures)[number];

/**
 * A folder of the host that `kit run --share` gives the machine, and that a volume of the manifest stands
 * for.
 */
export interface ShareConfig {
  /** Of the volume. */
  readonly name: string;
  /** The host's name of the folder. */
  readonly tag: string;
  /** Absolute path in the machine. */
  readonly mount: string;
  readonly readOnly: boolean;
  readonly onFailure: DiskFailure;
}

/** At most 31 characters: tags of 9p have no more, those of virtiofs have 36. */
export const tagPattern = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,30}$/;

/** Where the volume of this name, a folder of the host, is mounted. */
export const shareMount = (volume: string): string => `/run/kit/shares/${volume}`;

/**
 * `/run/kit/host.json`: the folders of the host that a container of `kit run` has in place of devices. It is
 * in every container, and in no machine.
 */
export interface HostFolders {
  /** Ids that the container has: 0 to this number, exclusive. */
  readonly uids: number;
  readonly gids: number;
  /** In place of disks, in the order of `--disk`. */
  readonly disks: readonly { readonly serial?: string; readonly path: string }[];
  readonly shares: readonly { readonly tag: string; readonly path: string }[];
}

export const hostFoldersFile = '/run/kit/host.json';

export const disksFile = '/etc/kit/disks.json';

/** The label of the image whose program obeys `disksFile`. */
export const disksLabel = 'io.kit.disks';

/** The exit status by which that program says which `onFailure` counts (`Supervision.onStatus`). */
export const failureStatus: Readonly<Record<DiskFailure, number>> = {
  continue: 10,
  shell: 11,
  reboot: 12,
  halt: 13,
};

/** The folder of a disk that holds its volumes. */
export const volumesFolder = 'volumes';

/** Where a disk without `mount` is mounted. */
export const defaultMount = (name: string): string => `/run/kit/disks/${name}`;

/** Bytes of a label that a file system takes. */
export const labelLimits: Readonly<Record<FileSystemType, number>> = {
  ext4: 16,
  xfs: 12,
  btrfs: 255,
  swap: 15,
};

/**
 * The label of a file system, or of a LUKS2 container, that is being made. Whatever has it is unfinished and
 * holds nothing: it gets its own label, in one write, once everything else of it is on the disk.
 */
export const makingLabel = 'kit-making';

/** What the names of all partitions that kit has made begin with. */
export const partitionPrefix = 'kit:';

/** The name of the partition that kit makes for the disk of this name; at most 36 characters. */
export const partitionName = (disk: string): string => `${partitionPrefix}${disk}`;
