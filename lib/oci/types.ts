/** The media types of the OCI image specification 1.1 that kit reads and writes. */
export const mediaTypes = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar',
  layerGzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
  layerZstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
} as const;

/** Docker's older media types (distribution, "Image Manifest Version 2, Schema 2"): read, never written. */
export const dockerTypes = {
  index: 'application/vnd.docker.distribution.manifest.list.v2+json',
  manifest: 'application/vnd.docker.distribution.manifest.v2+json',
  config: 'application/vnd.docker.container.image.v1+json',
  layer: 'application/vnd.docker.image.rootfs.diff.tar',
  layerGzip: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
  layerZstd: 'application/vnd.docker.image.rootfs.diff.tar.zstd',
  /** Mostly of Windows images; a registry need not have the blob. */
  foreignLayer: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
} as const;

/** Whether a media type is that of an index: images for several platforms. */
export const isIndexType = (type: string): boolean => type === mediaTypes.index || type === dockerTypes.index;

/** Whether a media type is that of a single image's manifest. */
export const isManifestType = (type: string): boolean =>
  type === mediaTypes.manifest || type === dockerTypes.manifest;

/** `sha256:` and 64 hex digits. */
export type Digest = `sha256:${string}`;

export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  /** Bytes of the blob. */
  readonly size: number;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly platform?: Platform;
  /** Of what is not an image, such as a signature. */
  readonly artifactType?: string;
}

/** The platform of an image; `unknown`/`unknown` for anything else, such as attestations. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  /** `v8` */
  readonly variant?: string;
}

export interface ImageManifest {
  readonly schemaVersion: 2;
  readonly mediaType: typeof mediaTypes.manifest | typeof dockerTypes.manifest;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly annotations?: Readonly<Record<string, string>>;
  /** Of what is not an image. */
  readonly artifactType?: string;
}

export interface Index {
  readonly schemaVersion: 2;
  readonly mediaType: typeof mediaTypes.index | typeof dockerTypes.index;
  readonly manifests: readonly Descriptor[];
}

export interface ImageConfig {
  readonly architecture: string;
  readonly os: 'linux';
  readonly created?: string;
  readonly config: RunConfig;
  readonly rootfs: { readonly type: 'layers'; readonly diff_ids: readonly Digest[] };
}

/** How a container of the image runs; config-fields.ts says what kit does with each field. */
export interface RunConfig {
  /** `1000`, `web`, `web:data` */
  readonly User?: string;
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  /** `NAME=value` */
  readonly Env?: readonly string[];
  readonly WorkingDir?: string;
  readonly Labels?: Readonly<Record<string, string>>;
  /** As it was written: `SIGQUIT`, `3`. */
  readonly StopSignal?: string;
  /** Seconds. */
  readonly StopTimeout?: number;
  readonly Healthcheck?: Healthcheck;
  /** For commands that are one string: `["/bin/bash", "-c"]`. */
  readonly Shell?: readonly string[];
  /** Paths in the image, as written. */
  readonly Volumes?: Readonly<Record<string, object>>;
  /** `80/tcp`, `53/udp`, `8000-8010/tcp`, `80` */
  readonly ExposedPorts?: Readonly<Record<string, object>>;
  /** What it asks for that kit does not do or does not know, in sentences. Only readers set it. */
  readonly missed?: readonly string[];
}

/** Docker's HEALTHCHECK. Times are in nanoseconds; 0 is the default. */
export interface Healthcheck {
  /** `["CMD", "curl", …]`, `["CMD-SHELL", "curl …"]`, `["NONE"]`; empty: that of the image's base. */
  readonly Test?: readonly string[];
  readonly Interval?: number;
  readonly Timeout?: number;
  /** Failures in a row that make the container unhealthy. */
  readonly Retries?: number;
}

/** LinuxKit's label: JSON with fields of a service entry, as defaults that the manifest may override. */
export const configLabel = 'org.mobyproject.config';
/** kit's label: the same for the fields of a service entry that LinuxKit does not know, and would refuse. */
export const kitConfigLabel = 'io.kit.config';
/**
 * kit's label on an init image with kit's own init (/usr/lib/kit/init/main.mjs): selects the layered layout.
 */
export const layoutLabel = 'io.kit.layout';
/** kit's label `console`: the image gives a login and a shell on the console. */
export const loginLabel = 'io.kit.login';
