import { randomBytes } from 'node:crypto';
import { codeOf } from '../../errors/errors.ts';
import type { TpmLink } from '../../tpm/call.ts';
import { sealSecret, unsealSecret } from '../../tpm/seal.ts';
import { DiskTrouble } from '../decide/trouble.ts';
import { type LuksToken, readLuksHeader } from '../programs/luks.ts';
import type { RunProgram } from '../run-program.ts';
import { parseTpmToken, passphraseOf, tpmToken } from './tpm-token.ts';

export type OpenTpm = () => Promise<TpmLink & AsyncDisposable>;

/** A new key for slot 0, and the token by which the TPM gives it again. @throws DiskTrouble, TpmError */
export async function newTpmKey(
  openTpm: OpenTpm,
): Promise<{ readonly key: Buffer; readonly token: LuksToken }> {
  await using tpm = await opened(openTpm);
  const secret = randomBytes(32);
  try {
    return { token: tpmToken(await sealSecret(tpm, secret), 0), key: passphraseOf(secret) };
  } finally {
    secret.fill(0);
  }
}

/** The key that the TPM gives for a container. @throws DiskTrouble, TpmError; KitError for its header */
export async function tpmKeyOf(device: string, openTpm: OpenTpm, run: RunProgram): Promise<Buffer> {
  const { tokens } = await readLuksHeader(device, run);
  const [sealed] = [...tokens.values()].flatMap((token) => parseTpmToken(token) ?? []);
  if (!sealed) throw new DiskTrouble(`${device} has no key that a TPM alone opens`);
  await using tpm = await opened(openTpm);
  const secret = await unsealSecret(tpm, sealed);
  try {
    return passphraseOf(secret);
  } finally {
    secret.fill(0);
  }
}

/** @throws DiskTrouble for a machine without TPM */
export async function checkTpm(openTpm: OpenTpm): Promise<void> {
  await using _tpm = await opened(openTpm);
}

async function opened(openTpm: OpenTpm): Promise<TpmLink & AsyncDisposable> {
  try {
    return await openTpm();
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') throw new DiskTrouble('its key is for a TPM, and the machine has none');
    throw thrown;
  }
}
