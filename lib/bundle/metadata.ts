/**
 * What metadata a machine trusts: the manifest's `metadata.trust`, checked on the host. The build puts it
 * into the environment of programs whose image has `metadataLabel`; without the variable all is trusted.
 */
export interface MetadataTrust {
  readonly providers: readonly MetadataProvider[];
  /** Devices that data volumes may be on; absent: any. */
  readonly devices?: readonly TrustedDevice[];
  /** Raw Ed25519 public keys in base64, one of which must have signed; absent: no signature is needed. */
  readonly signedBy?: readonly string[];
  /** Nothing is trusted since the image was built with --production and its manifest says nothing. */
  readonly untold?: true;
}

/** Clouds, which are asked over the network, and VMware's hypervisor. */
export const cloudNames = [
  ...([
    'aws',
    'gcp',
    'azure',
    'openstack',
    'digitalocean',
    'hetzner',
    'scaleway',
    'vultr',
    'oracle',
  ] as const),
  ...(['equinixmetal', 'vmware', 'nocloud', 'nocloud-http'] as const),
] as const;
export type CloudName = (typeof cloudNames)[number];

/** What is read on the machine itself. */
export const localProviders = ['cdrom', 'file'] as const;

export const metadataProviders = [...localProviders, ...cloudNames] as const;
export type MetadataProvider = (typeof metadataProviders)[number];

/** Exactly one key. */
export interface TrustedDevice {
  /** `/dev/sr0` */
  readonly path?: string;
  /** Of virtio and NVMe disks, as sysfs shows it. */
  readonly serial?: string;
  readonly bus?: DeviceBus;
}

export const deviceBuses = ['virtio', 'usb', 'ata', 'nvme', 'scsi'] as const;
export type DeviceBus = (typeof deviceBuses)[number];

export const trustVariable = 'KIT_METADATA_TRUST';

/** The label of images whose program obeys `trustVariable`. */
export const metadataLabel = 'io.kit.metadata';

/** The namespace of signatures (ssh-keygen -Y sign -n): one made for another purpose is not accepted. */
export const signatureNamespace = 'kit-metadata';

/** Bytes of a file of metadata, which the machine reads into memory as a whole, and of a signature. */
export const metadataLimits = { file: 4 << 20, signature: 4096 } as const;
