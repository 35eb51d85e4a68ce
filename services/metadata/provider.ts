import { metadataLimits } from '../../lib/bundle/metadata.ts';

/** Metadata of the machine, of any provider. */
export interface Metadata {
  /** The user data, unchanged; undefined when there is none. */
  readonly userdata: Buffer | undefined;
  /** What whoever provides the machine adds to the user data, in the same forms. */
  readonly vendordata?: Buffer | undefined;
  readonly hostname?: string | undefined;
  readonly instanceId?: string | undefined;
  /** Public keys in OpenSSH's one-line form. */
  readonly sshKeys: readonly string[];
  /** Anything else the provider knows, by file name below /run/config (`public_ipv4`). */
  readonly facts?: Readonly<Record<string, string>>;
  /** What of the metadata cannot be read, one sentence each. */
  readonly problems?: readonly string[];
  /** What of the metadata is not obeyed, one sentence each. */
  readonly notes?: readonly string[];
}

/**
 * A source of metadata. To add a cloud: one file with a pure parser from the cloud's answers to `Metadata`,
 * its testdata, and a row in providers.ts.
 */
export interface Provider {
  /** Written to /run/config/provider; LinuxKit's names: `CDROM`. */
  readonly name: string;
  /**
   * Returns undefined if this provider has no metadata that counts.
   * @param note is told what was found and does not count, with the reason, in one sentence
   * @throws KitError if it has metadata that cannot be used
   */
  probe(note: (line: string) => void): Promise<Metadata | undefined>;
}

/** Maximum size of a provider's text, which is read into memory as a whole. */
export const maximalBytes = metadataLimits.file;

/** Maximum size of a signature; one of Ed25519 has about 300 bytes. */
export const maximalSignature = metadataLimits.signature;
