import { posix } from 'node:path';
import type { EffectiveEntry } from '../effective-entry.ts';
import { isOfMachine } from '../oci/devices.ts';
import type { Refusal, Subject } from './demand.ts';

type Device = EffectiveEntry['devices'][number];

/** MINORBITS of linux/kdev_t.h: 20; user space has 12 for the major number. */
const largest = { major: 4095, minor: 1_048_575 } as const;

/** `devices:`, mknod(2). */
export function deviceDemands({ entry: { devices }, section }: Subject): Refusal[] {
  return devices.flatMap((device, at): Refusal[] => {
    const { path, type } = device;
    if (path === 'all') return [];
    const why = section === 'services' && isOfMachine(device) ? oddPath(path) : wrong(device);
    if (why !== undefined) return [[['devices', at], why]];
    return type === 'a'
      ? [[['devices', at], `type "a" is for a rule without a node, and "${path}" is a node`, 'path: all']]
      : [];
  });
}

function oddPath(path: string): string | undefined {
  if (!path.startsWith('/')) return relative(path);
  return posix.normalize(path) === path && !posix.dirname(path).includes('*') && !path.endsWith('/')
    ? undefined
    : `"${path}" is no path of a device, in whose name alone "*" may be`;
}

const relative = (path: string): string => `the path of a device is absolute, unlike "${path}"`;

function wrong({ path, type, major, minor }: Device): string | undefined {
  if (!path.startsWith('/')) return relative(path);
  if (type === 'p' || type === 'a') return undefined;
  if (major === undefined || minor === undefined || major < 0 || minor < 0)
    return `device "${path}" needs "major" and "minor"`;
  const odd = major > largest.major ? 'major' : minor > largest.minor ? 'minor' : undefined;
  return odd && `the ${odd} number of "${path}" is above ${largest[odd]}`;
}
