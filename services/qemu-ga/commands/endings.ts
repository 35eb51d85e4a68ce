import type { Ending } from '../../../lib/control/init.ts';

/** The modes of `guest-shutdown`. */
export const endings: ReadonlyMap<string, Ending> = new Map([
  ['powerdown', 'poweroff'],
  ['reboot', 'reboot'],
  ['halt', 'halt'],
]);
