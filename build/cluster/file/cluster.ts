import type { DiskOption } from '../../backend/request/disks.ts';

/** A cluster as its file describes it, checked. */
export interface Cluster {
  readonly name: string;
  /** Absolute path of its file. */
  readonly file: string;
  readonly networks: Readonly<Record<string, Subnet>>;
  readonly groups: readonly Group[];
}

export interface Subnet {
  /** `10.90.0.0` */
  readonly network: string;
  readonly prefix: number;
}

/** Machines that are alike. */
export interface Group {
  readonly name: string;
  readonly count: number;
  readonly backend: 'qemu' | 'container';
  /** Absolute path. */
  readonly image: { readonly manifest: string } | { readonly built: string };
  readonly memoryMiB: number | undefined;
  readonly cpus: number | undefined;
  readonly disks: readonly (Required<Pick<DiskOption, 'serial'>> & { readonly sizeBytes: number })[];
  /** With placeholders. */
  readonly publish: readonly string[];
  readonly networks: readonly string[];
  /** With placeholders. */
  readonly metadata: string | undefined;
  readonly check: Check | undefined;
}

/** A command in a service's container. */
export interface Check {
  readonly service: string;
  readonly command: readonly string[];
}

/** The numbers of a group's machines. */
export const indexesOf = ({ count }: Group): number[] => Array.from({ length: count }, (_, at) => at + 1);

/** `etcd-1`, by which the file names a machine. */
export const shortName = (group: string, index: number): string => `${group}-${index}`;

/** `demo-etcd-1`, by which the commands of kit name it. */
export const fullName = (cluster: string, group: string, index: number): string =>
  `${cluster}-${shortName(group, index)}`;
