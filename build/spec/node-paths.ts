/** Absolute paths in the layer of the Node runtime. */
export const nodePath = '/usr/bin/node';
export const preloadPath = '/usr/lib/kit/preload.cjs';
export const inspectPath = '/usr/lib/kit/inspect.cjs';
