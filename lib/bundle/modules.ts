/**
 * The module index: modules.alias and modules.dep of depmod, reduced to the modules in the image, so that PID
 * 1 reads one small file instead of two large ones.
 */
export interface ModuleIndex {
  /** `6.12.90+deb13-cloud-amd64` */
  readonly release: string;
  /** Globs of modules.alias by bus, the text before the colon: `{pci: [["v00001AF4d…", "virtio_pci"]]}`. */
  readonly aliases: Readonly<Record<string, readonly (readonly [glob: string, module: string])[]>>;
  /** By name, with underscores: path below /usr/lib/modules/<release>, and the modules to load before. */
  readonly modules: Readonly<Record<string, { readonly path: string; readonly needs: readonly string[] }>>;
}
