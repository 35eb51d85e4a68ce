import { resolve } from 'node:path';
import { type TarEntry, textEntry } from '../../../lib/archive/tar.ts';
import { guestPaths } from '../../../lib/bundle/bundle.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { readLimited } from '../../../lib/files/read-limited.ts';
import type { UpdatesConfig } from '../../../lib/updates/config.ts';
import type { Manifest } from '../../manifest/types.ts';
import { keyFileLimit, readPublicKey } from '../../signing/public-key.ts';

/** The file of `updates:`, with the keys themselves; none without the key. @throws KitError for a key */
export function updatesEntries({ updates }: Pick<Manifest, 'updates'>): TarEntry[] {
  if (!updates) return [];
  const { value, origin } = updates;
  const keys = (value.keys ?? []).map((file, at) => {
    const place = origin.place(['keys', at]);
    const pem = readLimited(resolve(origin.folder, file), keyFileLimit, (why) => {
      return new KitError(`Cannot read public key "${file}": ${why}`, { place });
    });
    try {
      const { key } = readPublicKey(pem, file);
      return key.export({ type: 'spki', format: 'pem' }).toString();
    } catch (thrown) {
      if (!(thrown instanceof KitError)) throw thrown;
      throw new KitError(thrown.message, { place, hint: thrown.hint });
    }
  });
  const config: UpdatesConfig = { keys };
  return [textEntry(guestPaths.updates.slice(1), `${JSON.stringify(config, null, 2)}\n`)];
}
