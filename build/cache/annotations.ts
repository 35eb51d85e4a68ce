/** Annotation of a layer: what made it (`node`, `debian`, `service`, `files`). */
export const layerAnnotation = 'io.kit.layer';

/** Annotation of a package's image in index.json: the hash of all its inputs. */
export const hashAnnotation = 'io.kit.inputs';
