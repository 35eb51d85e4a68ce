/** Guest architectures, by their OCI names (image-spec config.md, GOARCH values). */
export type Arch = 'amd64' | 'arm64';
/** The architecture of the machine kit runs on. */
export declare const hostArch: Arch;
