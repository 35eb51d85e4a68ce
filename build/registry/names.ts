/** Annotation of an image in index.json: where it came from. Damaged blobs of an image from a registry are fetched again. */
export const originAnnotation = 'io.kit.origin';

export const registryOrigin = 'registry';

/** Annotation of what was read from a file or from Docker: what it looked like then. */
export const stampAnnotation = 'io.kit.stamp';

/** Annotations that name an image in the index.json of an archive, the more telling first. */
export const nameAnnotations = ['io.containerd.image.name', 'org.opencontainers.image.ref.name'] as const;
