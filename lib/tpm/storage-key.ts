import { call, flush, type TpmLink } from './call.ts';
import { commandCode, handle } from './constants.ts';
import { parseStorageKey, type StorageKey, storageTemplate } from './public-area.ts';
import { errorOf } from './response.ts';
import { sized, TpmError, TpmReader, u32 } from './wire.ts';

/**
 * The storage key of the TPM, at the handle that the TCG gives it. A TPM that has none gets it there, as from
 * any system that uses it first. @throws TpmError
 */
export async function storageKey(link: TpmLink): Promise<StorageKey> {
  return (await readStorageKey(link)) ?? makeStorageKey(link);
}

const nothingThere = 0x08b;

async function readStorageKey(link: TpmLink): Promise<StorageKey | undefined> {
  try {
    const { parameters } = await call(link, {
      ...{ code: commandCode.readPublic, handles: [handle.storageKey], parameters: Buffer.alloc(0) },
      ...{ authorised: false, returnsHandle: false },
    });
    return parseStorageKey(new TpmReader(parameters).sized());
  } catch (thrown) {
    if (thrown instanceof TpmError && errorOf(thrown.responseCode) === nothingThere) return undefined;
    throw thrown;
  }
}

/** TPM2_CreatePrimary, and TPM2_EvictControl so that it stays. */
async function makeStorageKey(link: TpmLink): Promise<StorageKey> {
  const [noSensitive, noData, noRegisters] = [sized(sized(), sized()), sized(), u32(0)];
  const made = await call(link, {
    ...{ code: commandCode.createPrimary, handles: [handle.owner], authorised: true, returnsHandle: true },
    parameters: Buffer.concat([noSensitive, sized(storageTemplate), noData, noRegisters]),
  });
  const transient = made.handle ?? 0;
  try {
    await call(link, {
      ...{ code: commandCode.evictControl, handles: [handle.owner, transient] },
      ...{ parameters: u32(handle.storageKey), authorised: true, returnsHandle: false },
    });
  } finally {
    await flush(link, transient);
  }
  return parseStorageKey(new TpmReader(made.parameters).sized());
}
