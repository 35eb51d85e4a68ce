import type { KeyObject } from 'node:crypto';
import { resolve } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import { readLimited } from '../../../lib/files/read-limited.ts';
import type { Digest } from '../../../lib/oci/types.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import type { Context } from '../../host/context.ts';
import { parseReference } from '../../reference/reference.ts';
import { keyPassword, readPrivateKey } from '../../signing/private-key.ts';
import { keyFileLimit } from '../../signing/public-key.ts';
import type { Pushed } from '../../transfer/push.ts';
import type { Work } from '../../work.ts';
import { attesterOf, withAttest } from './attest.ts';

/** For commands that push images. */
export interface SignFlags {
  readonly signKey?: string;
  readonly cosign?: boolean;
  readonly attest: readonly string[];
}

export function withSignKey(command: KitCommand): KitCommand {
  command
    .option('--sign-key <key-file>', 'sign what is pushed with this private key (kit sign)')
    .option('--cosign', "with --sign-key: also in cosign's own form");
  return withAttest(command);
}

/** @throws KitError for a file that is no private key on P-256, and for a missing or wrong password */
export function signingKey(path: string, { cwd, env }: Pick<Context, 'cwd' | 'env'>): KeyObject {
  const cannot = (why: string): KitError => new KitError(`Cannot read key "${path}": ${why}`);
  return readPrivateKey(readLimited(resolve(cwd, path), keyFileLimit, cannot), keyPassword(env), path);
}

/** Signs the digests that were pushed; nothing without `--sign-key`. The key is read before the push. */
export function signerOf(
  { signKey, cosign = false, attest: kinds }: SignFlags,
  context: Context,
): (pushed: readonly Pushed[], work: Work) => Promise<void> {
  if (signKey === undefined) {
    const lost = cosign ? '--cosign' : kinds.length > 0 ? '--attest' : undefined;
    if (lost) throw new KitError(`Cannot use ${lost} without --sign-key`, { exitCode: 2 });
    return async () => {};
  }
  const options = { key: signingKey(signKey, context), cosign, recursive: false };
  const attest = attesterOf(kinds, options.key, context);
  return async (pushed, work) => {
    const { signImage } = await import('../../trust/sign-image.ts');
    const { clientOf } = await import('../../registry/clients.ts');
    for (const { name, digest } of pushed) {
      await signImage(parseReference(name), options, clientOf(work), work, digest as Digest);
    }
    // Indexes come last: their names are those that people use, and each image is attested once.
    for (const { name, digest } of pushed.toReversed()) {
      await attest(parseReference(name), work, digest as Digest);
    }
  };
}
