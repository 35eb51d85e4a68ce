/** Absolute paths of what the Node runtime layer holds. */
export const nodePath = '/usr/bin/node';
export const preloadPath = '/usr/lib/kit/preload.cjs';
export const inspectPath = '/usr/lib/kit/inspect.cjs';
