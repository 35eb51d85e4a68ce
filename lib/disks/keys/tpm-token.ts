import { handle } from '../../tpm/constants.ts';
import type { SealedSecret } from '../../tpm/seal.ts';
import { sized, TpmReader, u32 } from '../../tpm/wire.ts';
import type { LuksToken } from '../programs/luks.ts';

/**
 * systemd's form of a key that a TPM has sealed, as a token of a LUKS2 header: `cryptsetup` and
 * `systemd-cryptsetup` of any system open the disk with the same TPM (src/shared/tpm2-util.c,
 * tpm2_make_luks2_json). It depends on no measurement of what has booted.
 * @param slot of the key
 */
export function tpmToken({ private: secret, public: area, storage }: SealedSecret, slot: number): LuksToken {
  // Esys_TR_Serialize of tpm2-tss: handle, name, 1 for a key, public area.
  const key = Buffer.concat([u32(handle.storageKey), sized(storage.name), u32(1), sized(storage.area)]);
  return {
    type: tokenType,
    keyslots: [String(slot)],
    'tpm2-blob': Buffer.concat([sized(secret), sized(area)]).toString('base64'),
    'tpm2-pcrs': [],
    'tpm2-pcr-bank': 'sha256',
    'tpm2-policy-hash': '0'.repeat(64),
    'tpm2-pin': false,
    tpm2_srk: key.toString('base64'),
  };
}

const tokenType = 'systemd-tpm2';

/** Far more than a sealed key has. */
const blobLimit = 8192;

/**
 * The sealed key of a token; undefined for tokens of another kind, and for those that ask for more than the
 * TPM: a PIN, or certain measurements. @throws TpmError for one that is cut off
 */
export function parseTpmToken(token: LuksToken): Pick<SealedSecret, 'private' | 'public'> | undefined {
  const { type, 'tpm2-blob': blob, 'tpm2-pcrs': registers, 'tpm2-pin': pin, tpm2_pubkey: signer } = token;
  if (type !== tokenType || typeof blob !== 'string' || blob.length > blobLimit) return undefined;
  const isFree = Array.isArray(registers) && registers.length === 0 && !pin && signer === undefined;
  if (!isFree) return undefined;
  const reader = new TpmReader(Buffer.from(blob, 'base64'));
  const sealed = { private: reader.sized(), public: reader.sized() };
  reader.end();
  return sealed;
}

/** The passphrase of a slot is the secret's base64. */
export const passphraseOf = (secret: Buffer): Buffer => Buffer.from(secret.toString('base64'));
