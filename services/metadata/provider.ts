/** What a machine is told about itself, whoever tells it. */
export interface Metadata {
  /** The text the owner gave the machine, as it came; undefined when there is none. */
  readonly userdata: Buffer | undefined;
  readonly hostname?: string | undefined;
  readonly instanceId?: string | undefined;
  /** Public keys in OpenSSH's one-line form. */
  readonly sshKeys: readonly string[];
  /** Anything else the provider knows, by file name below /run/config (`public_ipv4`). */
  readonly facts?: Readonly<Record<string, string>>;
}

/**
 * A source of metadata. To add a cloud: one file with a pure parser from the cloud's answers to `Metadata`, its
 * testdata, and a row in providers.ts.
 */
export interface Provider {
  /** What /run/config/provider says, LinuxKit's names: `CDROM`. */
  readonly name: string;
  /** The metadata, or undefined when this machine does not run there. @throws KitError when it is there but unusable */
  probe(): Promise<Metadata | undefined>;
}

/** No text of a provider may be longer: it is read into memory before anybody looks at it. */
export const maximalBytes = 4 << 20;
