import { readFileSync, statSync } from 'node:fs';
import { codeOf, KitError } from '../../lib/errors/errors.ts';
import { maximalBytes, maximalSignature } from '../../lib/metadata/metadata.ts';
import type { Provider } from './provider.ts';
import type { Trust } from './trust/trust.ts';

/** User data from a file in the image, for machines without another source of metadata. */
export function fileProvider(trust: Trust, path: string): Provider {
  return {
    name: `FILE ${path}`,
    async probe(note) {
      const userdata = read(path, maximalBytes);
      if (userdata === undefined) return undefined;
      const fault = trust.provider('file') ?? trust.content(userdata, read(`${path}.sig`, maximalSignature));
      if (fault === undefined) return { userdata, sshKeys: [] };
      note(`refused the user data in "${path}": ${fault}`);
      return undefined;
    },
  };
}

function read(path: string, limit: number): Buffer | undefined {
  try {
    const { size } = statSync(path);
    if (size > limit) throw new KitError(`Cannot read "${path}": longer than ${limit} bytes`);
    return readFileSync(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
