import type { NetworkInterfaceInfo } from 'node:os';
import type { Ending } from '../../../lib/control/init.ts';
import type { MountInfo } from '../../../lib/linux/mount/mountinfo.ts';

/** What commands find out and change. Tests have another one than the machine's own. */
export interface Machine {
  /** Asks for an orderly end. */
  readonly end: (ending: Ending) => Promise<void>;
  readonly disks: Disks;
  readonly clock: Clock;
  readonly system: {
    readonly hostname: () => string;
    readonly interfaces: () => NodeJS.Dict<NetworkInterfaceInfo[]>;
    /** Minutes 1, 5 and 15. */
    readonly load: () => readonly number[];
    readonly kernel: () => { readonly release: string; readonly version: string; readonly machine: string };
    /** The text of os-release(5); empty for none. */
    readonly osRelease: () => string;
  };
}

export interface Clock {
  /** Nanoseconds since 1970. */
  readonly now: () => bigint;
  /** Sets the machine's clock, and the battery-backed one to it. */
  readonly set: (ns: bigint) => void;
  /** Sets the machine's clock to the battery-backed one. */
  readonly takeHardware: () => void;
}

/** The file systems on disks. Paths are those of the machine. */
export interface Disks {
  readonly isFrozen: boolean;
  /** Freezes those that are mounted at these points, or all; resolves to how many. */
  readonly freeze: (mountPoints?: readonly string[]) => Promise<number>;
  /** How many it has thawed. */
  readonly thaw: () => number;
  readonly trim: () => Promise<readonly Trimmed[]>;
  readonly list: () => Promise<readonly FileSystem[]>;
}

export interface Trimmed {
  readonly path: string;
  /** Bytes of blocks that hold nothing; or why none was told. */
  readonly result: { readonly bytes: number } | { readonly error: string };
}

export interface FileSystem extends Pick<MountInfo, 'source' | 'type'> {
  readonly mountPoint: string;
  readonly usedBytes: bigint;
  readonly totalBytes: bigint;
}
