import { dirname, resolve } from 'node:path';
import { KitError, type SourcePosition } from '../../lib/errors/errors.ts';
import { readLimited } from '../../lib/files/read-limited.ts';
import { keyFileLimit, readPublicKey, type VerifyKey } from '../signing/public-key.ts';

/** What the parsers of policies read files with, beside the policy's own. */
export interface PolicyFiles {
  /** A public key, by its path relative to the policy. @throws KitError */
  key(path: string, place: SourcePosition): VerifyKey;
  /** Sigstore's trusted_root.json. @throws KitError */
  trustRoot(path: string, place: SourcePosition): Buffer;
}

/** Sigstore's own has 7 kB. */
const trustRootLimit = 4 << 20;

/** @param file absolute path of the policy */
export function filesBeside(file: string): PolicyFiles {
  const folder = dirname(file);
  const read = (path: string, what: string, limit: number, place: SourcePosition): Buffer => {
    const cannot = (why: string): KitError =>
      new KitError(`Cannot read ${what} "${path}": ${why}`, { place });
    return readLimited(resolve(folder, path), limit, cannot);
  };
  return {
    key: (path, place) => placed(() => readPublicKey(read(path, 'key', keyFileLimit, place), path), place),
    trustRoot: (path, place) => read(path, 'trust root', trustRootLimit, place),
  };
}

/** Runs `work`; its errors are given this place in the policy. */
export function placed<T>(work: () => T, place: SourcePosition): T {
  try {
    return work();
  } catch (thrown) {
    if (!(thrown instanceof KitError) || thrown.place) throw thrown;
    throw new KitError(thrown.message, { place, hint: thrown.hint, cause: thrown });
  }
}
