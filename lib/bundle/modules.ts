/**
 * The module index: what depmod's modules.alias and modules.dep say, cut down on the host to the modules that
 * are in the image, so that PID 1 reads one small file instead of two large ones.
 */
export interface ModuleIndex {
  /** `6.12.90+deb13-cloud-amd64` */
  readonly release: string;
  /** Globs of modules.alias by bus (the text before the first ':'): `{pci: [["v00001AF4d…sv*", "virtio_pci"]]}`. */
  readonly aliases: Readonly<Record<string, readonly (readonly [glob: string, module: string])[]>>;
  /** Path below /usr/lib/modules/<release> by module name (underscores), and what must be loaded before it. */
  readonly modules: Readonly<Record<string, { readonly path: string; readonly needs: readonly string[] }>>;
}
