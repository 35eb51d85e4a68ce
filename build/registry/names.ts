/** Annotation of an image in index.json: where it came from. Damaged blobs of an image from a registry are fetched again. */
export const originAnnotation = 'io.kit.origin';

export const registryOrigin = 'registry';
