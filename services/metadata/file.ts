import { readFileSync, statSync } from 'node:fs';
import { codeOf, KitError } from '../../lib/errors/errors.ts';
import { maximalBytes, type Provider } from './provider.ts';

/** User data from a file in the image, for machines without another source of metadata. */
export function fileProvider(path: string): Provider {
  return {
    name: `FILE ${path}`,
    probe: async () => {
      const userdata = read(path);
      return userdata && { userdata, sshKeys: [] };
    },
  };
}

function read(path: string): Buffer | undefined {
  try {
    const { size } = statSync(path);
    if (size > maximalBytes) throw new KitError(`Cannot read "${path}": longer than ${maximalBytes} bytes`);
    return readFileSync(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
