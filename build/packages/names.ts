/** Absolute paths in the Node runtime layer. */
export const nodePath = '/usr/bin/node';
export const preloadPath = '/usr/lib/kit/preload.cjs';
export const inspectPath = '/usr/lib/kit/inspect.cjs';

/** Annotation of a layer: what made it (`node`, `debian`, `service`, `files`). */
export const layerAnnotation = 'io.kit.layer';
/** Annotation of a package's image in index.json: the hash of all its inputs. */
export const hashAnnotation = 'io.kit.inputs';

/** Beside build.yml. */
export const lockFileName = 'debian.lock.json';
