import { resolve } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import { readLimited } from '../../../lib/files/read-limited.ts';
import type { Manifest } from '../../manifest/types.ts';
import { keyPassword } from '../private-key.ts';
import { keyFileLimit } from '../public-key.ts';
import { type NamedBytes, readEfiSigner } from './efi-signer.ts';
import type { EfiSigner } from './signed-data.ts';

/**
 * Who signs what firmware starts; undefined for a manifest without `signing:`. The files are read here.
 * @throws KitError with their place in the manifest
 */
export function machineSigner(
  { signing }: Manifest,
  env: Readonly<Record<string, string | undefined>>,
): EfiSigner | undefined {
  if (!signing) return undefined;
  const { value, origin } = signing;
  const read = (field: 'key' | 'certificate'): NamedBytes => {
    const shown = value[field];
    const cannot = (why: string): KitError =>
      new KitError(`Cannot read ${field} "${shown}": ${why}`, {
        place: origin.place([field]),
        hint: 'kit keys secure-boot FOLDER makes keys and certificates',
      });
    return { bytes: readLimited(resolve(origin.folder, shown), keyFileLimit, cannot), shown };
  };
  const [key, certificate] = [read('key'), read('certificate')];
  try {
    return readEfiSigner(key, certificate, keyPassword(env));
  } catch (thrown) {
    if (!(thrown instanceof KitError)) throw thrown;
    throw new KitError(thrown.message, { cause: thrown, place: origin.place(), hint: thrown.hint });
  }
}
