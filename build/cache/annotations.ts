/** Prefix of kit's own annotations; those of entries in index.json stay in the cache. */
export const annotationPrefix = 'io.kit.';

/** Of a layer: how it was made (`node`, `debian`, `service`, `files`). */
export const layerAnnotation = 'io.kit.layer';

/**
 * Of a layer: its components, as JSON (build/packages/components.ts). It stays with the layer in registries.
 */
export const contentsAnnotation = 'io.kit.contents';

/** Of a package's image in index.json: the hash of all its inputs. */
export const hashAnnotation = 'io.kit.inputs';

/** Of an image in index.json: its origin. Damaged blobs are fetched again only if that is a registry. */
export const originAnnotation = 'io.kit.origin';

export const registryOrigin = 'registry';

/** Of an image from an archive or from Docker: a fingerprint of the source at the time of the import. */
export const stampAnnotation = 'io.kit.stamp';

/** Of an image from an archive: the name that it has there. */
export const archiveNameAnnotation = 'io.kit.name';

/** Names an image in index.json (image-spec image-layout.md, "index.json file"). */
export const refNameAnnotation = 'org.opencontainers.image.ref.name';

/** All annotations that name an image in the index.json of an archive, the more precise first. */
export const nameAnnotations = ['io.containerd.image.name', refNameAnnotation] as const;
