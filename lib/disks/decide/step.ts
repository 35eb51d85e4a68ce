import type { DiskKey, MountedType } from '../../bundle/disks.ts';

/** One change of a disk or of the machine, in the order in which they are made. `device`: a path. */
export type Step =
  /** Removes every signature. */
  | { readonly do: 'wipe'; readonly device: string }
  /** A table with one partition that takes the whole disk. */
  | { readonly do: 'make table'; readonly device: string; readonly name: string; readonly swap: boolean }
  /**
   * The only partition takes what follows it; a damaged copy of the table is made anew from the other one.
   */
  | { readonly do: 'grow table'; readonly device: string }
  /** A LUKS2 container under `makingLabel`, which its key opens. */
  | { readonly do: 'make container'; readonly device: string; readonly key: DiskKey }
  /** As /dev/mapper/NAME. */
  | {
      readonly do: 'open container';
      readonly device: string;
      readonly name: string;
      readonly key: DiskKey;
      readonly readOnly: boolean;
    }
  /** Empties what is in a container that is open, and gives it its own label. */
  | {
      readonly do: 'finish container';
      readonly device: string;
      readonly name: string;
      readonly label: string;
    }
  /** As /dev/mapper/NAME, with a key of its own. */
  | { readonly do: 'open throw-away'; readonly device: string; readonly name: string }
  /** Under `makingLabel`. */
  | { readonly do: 'make file system'; readonly device: string; readonly type: MountedType }
  /** Gives it its own label: from then on it may hold something. */
  | {
      readonly do: 'finish file system';
      readonly device: string;
      readonly type: MountedType;
      readonly label: string;
    }
  | { readonly do: 'make swap'; readonly device: string; readonly label: string }
  | { readonly do: 'check file system'; readonly device: string; readonly type: MountedType }
  | {
      readonly do: 'mount';
      readonly device: string;
      readonly type: MountedType;
      readonly target: string;
      readonly readOnly: boolean;
    }
  | {
      readonly do: 'grow file system';
      readonly device: string;
      readonly type: MountedType;
      readonly target: string;
    }
  | { readonly do: 'use swap'; readonly device: string };
