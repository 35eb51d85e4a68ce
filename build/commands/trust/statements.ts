import { resolve } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import { readLimited } from '../../../lib/files/read-limited.ts';
import type { StatementKind } from '../../attest/types.ts';
import type { Context } from '../../host/context.ts';
import { keyFileLimit, readPublicKey, type VerifyKey } from '../../signing/public-key.ts';
import type { Work } from '../../work.ts';
import { fullReference } from '../cache/image-names.ts';

/** The public keys in these files. @throws KitError for another file */
export const verifyKeys = (paths: readonly string[], { cwd }: Pick<Context, 'cwd'>): VerifyKey[] =>
  paths.map((path) => {
    const cannot = (why: string): KitError => new KitError(`Cannot read key "${path}": ${why}`);
    return readPublicKey(readLimited(resolve(cwd, path), keyFileLimit, cannot), path);
  });

/** Prints what one of the keys has stated about an image. @throws KitError if none has */
export async function printStatement(
  image: string,
  kind: StatementKind,
  keys: readonly VerifyKey[],
  { stdout }: Context,
  work: Work,
): Promise<void> {
  if (keys.length === 0) {
    const hint = '--key FILE names who must have signed it';
    throw new KitError('Cannot check a statement without a key', { hint, exitCode: 2 });
  }
  const { findStatement } = await import('../../attest/find-statement.ts');
  const { clientOf } = await import('../../registry/clients.ts');
  const predicate = await findStatement(fullReference(image), kind, keys, clientOf(work), work);
  stdout.write(`${JSON.stringify(predicate, null, 2)}\n`);
}
