import { expect, test } from 'vitest';
import { swapDevices } from './swaps.ts';

const header = 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n';

test.each([
  ['', []],
  [header, []],
  [`${header}/dev/vdf                                partition\t32764\t\t0\t\t-2\n`, ['vdf']],
  [`${header}/vdf partition\t32764\t\t0\t\t-2\n/dev/nvme0n1p3 partition\t1\t0\t-3\n`, ['vdf', 'nvme0n1p3']],
  [`${header}/var/swap                               file\t\t32764\t\t0\t\t-2\n`, []],
])('of /proc/swaps %j', (text, devices) => {
  expect(swapDevices(text)).toEqual(devices);
});
