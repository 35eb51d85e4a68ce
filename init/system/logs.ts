import { guestPaths } from '../../lib/bundle/bundle.ts';
import { LogFolder } from '../../lib/log/folder.ts';

/**
 * The folder of the machine's logs. One object for all of init, since it counts the bytes that init has
 * written.
 */
export const machineLogs = new LogFolder(guestPaths.logs);
