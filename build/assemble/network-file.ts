import { dirname } from 'node:path';
import { guestPaths } from '../../lib/bundle/bundle.ts';
import { KitError } from '../../lib/errors/errors.ts';
import { type TarEntry, tarEntry, textEntry } from '../archive/tar.ts';
import type { Manifest } from '../manifest/types.ts';
import { networkConfig } from '../spec/network.ts';

/** What init reads of `network:`, after its folder; nothing when the manifest has none. @throws KitErrors */
export function networkFiles({ network }: Manifest): TarEntry[] {
  const config = networkConfig(network);
  if (!config) return [];
  const path = guestPaths.network.slice(1);
  const folder = tarEntry({ path: dirname(path), type: 'directory' });
  return [folder, textEntry(path, `${JSON.stringify(config, null, 2)}\n`)];
}

/** Other inits do not know the file. */
export function refuseNetwork({ network: [first] }: Manifest): void {
  if (!first) return;
  throw new KitError("Cannot set the network: no image of `init:` is kit's own init", {
    place: first.origin.place(),
    hint: 'begin `init:` with pkg/init, or leave the network to a container',
  });
}
