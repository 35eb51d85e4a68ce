import { existsSync } from 'node:fs';

/** A file of the Node runtime that kit's machines share (build/packages/node-runtime). */
const marker = '/usr/lib/kit/preload.cjs';

/** Whether this program runs as a service of a machine that kit has built. */
export const inKit: boolean = existsSync(marker);
