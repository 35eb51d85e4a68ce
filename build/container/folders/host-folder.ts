/** A folder of the host that is seen in a container; in launch.json. */
export interface HostFolder {
  /** Absolute path on the host. */
  readonly path: string;
  /** It stands for a disk with this serial number, or for a share. */
  readonly as: { readonly disk: string | null } | { readonly share: string };
  readonly readOnly: boolean;
}
