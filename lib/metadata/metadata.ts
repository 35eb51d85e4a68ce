import { metadataLimits } from '../bundle/metadata.ts';

/** Metadata of the machine, of any provider. */
export interface Metadata {
  /** The user data, unchanged; undefined when there is none. */
  readonly userdata: Buffer | undefined;
  /** What whoever provides the machine adds to the user data, in the same forms. */
  readonly vendordata?: Buffer | undefined;
  readonly hostname?: string | undefined;
  readonly instanceId?: string | undefined;
  /** How whoever provides the machine wants its network. */
  readonly network?: NetworkDocument | undefined;
  /** Public keys in OpenSSH's one-line form. */
  readonly sshKeys: readonly string[];
  /** Anything else the provider knows, by file name below /run/config (`public_ipv4`). */
  readonly facts?: Readonly<Record<string, string | undefined>>;
  /** Whose it is, where a provider stands for several: `AWS`. */
  readonly provider?: string;
  /** What of the metadata cannot be read, one sentence each. */
  readonly problems?: readonly string[];
  /** What of the metadata is not obeyed, one sentence each. */
  readonly notes?: readonly string[];
}

/** A text about the network, and what it is. */
export interface NetworkDocument {
  /** cloud-init's of version 1 or 2, or OpenStack's. */
  readonly form: 'network-config' | 'network_data.json';
  readonly content: Buffer;
}

/** Maximum size of a provider's text, which is read into memory as a whole. */
export const maximalBytes = metadataLimits.file;

/** Maximum size of a signature; one of Ed25519 has about 300 bytes. */
export const maximalSignature = metadataLimits.signature;
