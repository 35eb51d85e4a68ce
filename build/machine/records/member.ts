/** The place of a machine in a cluster, and what it was started with. */
export interface ClusterMember {
  /** The name of the cluster. */
  readonly cluster: string;
  /** The group of machines in the cluster's file. */
  readonly group: string;
  /** Its number in the group, from 1 on. */
  readonly index: number;
  /** By the names that messages have for them: `image`, `memory`. A machine with other settings differs. */
  readonly settings: Readonly<Record<string, string>>;
}
