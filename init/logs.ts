import { guestPaths } from '../lib/bundle/bundle.ts';
import { LogFolder } from '../lib/log/folder.ts';

/** One for the process: it knows what init has written. */
export const machineLogs = new LogFolder(guestPaths.logs);
