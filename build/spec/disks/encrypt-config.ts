import type { EncryptConfig } from '../../../lib/bundle/disks.ts';
import type { DiskEntry } from '../../manifest/types.ts';
import { FieldError } from '../field-error.ts';

/** `key: {metadata: X}` is a file for the guest: the build puts the disks behind what writes it. */
export function encryptConfig({ name, encrypt, filesystem }: DiskEntry): EncryptConfig | undefined {
  if (!encrypt) return undefined;
  if (name === 'control')
    throw new FieldError(
      ['name'],
      'An encrypted disk is /dev/mapper/NAME, and /dev/mapper/control is there already',
    );
  const { key, luks2 = key !== 'throwaway' } = encrypt;
  if (key === 'throwaway') {
    if (luks2)
      throw new FieldError(['encrypt', 'luks2'], 'LUKS2 keeps a key, and a throw-away key is never kept');
    if (filesystem?.type === 'swap') return { kind: 'throwaway' };
    const hint = 'filesystem: {type: swap}, or another key';
    throw new FieldError(
      ['encrypt', 'key'],
      'What a throw-away key encrypts is lost with the boot: it is for swap',
      hint,
    );
  }
  if (!luks2)
    throw new FieldError(['encrypt', 'luks2'], 'There is no other format than LUKS2 for a key that is kept');
  const { file, metadata, keyctl } = key;
  if (metadata !== undefined) return { kind: 'luks2', key: { file: `/run/config/${metadata}` } };
  if (file !== undefined) return { kind: 'luks2', key: { file } };
  return { kind: 'luks2', key: keyctl === undefined ? { tpm: true } : { keyctl } };
}
