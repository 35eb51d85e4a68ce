import type { DiskKey } from '../../bundle/disks.ts';
import { SyscallError } from '../../linux/ffi.ts';
import { readUserKey } from '../../linux/process/keyring.ts';
import { DiskTrouble } from '../decide/trouble.ts';
import type { Engine } from '../engine.ts';
import type { LuksToken } from '../programs/luks.ts';
import { readKeyFile } from './key-file.ts';
import { checkTpm, newTpmKey, tpmKeyOf } from './tpm-key.ts';

type Keys = Pick<Engine, 'root' | 'run' | 'openTpm'>;

/**
 * The key of a container that is to be made, and the token that goes into its header; without a token the key
 * is somebody's choice. The caller overwrites the key after use. @throws DiskTrouble, KitError, TpmError
 */
export async function newKey(
  source: DiskKey,
  keys: Keys,
): Promise<{ readonly key: Buffer; readonly token?: LuksToken }> {
  return 'tpm' in source ? newTpmKey(keys.openTpm) : { key: givenKey(source, keys.root) };
}

/** Before anything is wiped for a container: that there will be a key. @throws as `newKey` */
export async function checkKey(source: DiskKey, keys: Keys): Promise<void> {
  if ('tpm' in source) await checkTpm(keys.openTpm);
  else givenKey(source, keys.root).fill(0);
}

/** The key of the container on a device. @throws as `newKey` */
export const keyOf = async (source: DiskKey, device: string, keys: Keys): Promise<Buffer> =>
  'tpm' in source ? tpmKeyOf(device, keys.openTpm, keys.run) : givenKey(source, keys.root);

const givenKey = (source: Exclude<DiskKey, { tpm: true }>, root: string): Buffer =>
  'file' in source ? readKeyFile(source.file, { root }) : keyringKey(source.keyctl);

/** include/uapi/asm-generic/errno.h: ENOKEY, for which Node has no name. */
const noKey = 126;

function keyringKey(description: string): Buffer {
  try {
    return readUserKey(description);
  } catch (thrown) {
    const isMissing = thrown instanceof SyscallError && thrown.errno === noKey;
    throw isMissing ? new DiskTrouble(`the keyring of root has no key "${description}"`) : thrown;
  }
}
