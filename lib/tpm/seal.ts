import { call, flush, type TpmLink } from './call.ts';
import { commandCode, handle } from './constants.ts';
import { type StorageKey, sealedTemplate } from './public-area.ts';
import { callProtected } from './session.ts';
import { storageKey } from './storage-key.ts';
import { sized, TpmReader, u32 } from './wire.ts';

/** A secret as only the TPM that sealed it can read it. */
export interface SealedSecret {
  /** The contents of a TPM2B_PRIVATE and a TPM2B_PUBLIC. */
  readonly private: Buffer;
  readonly public: Buffer;
  /** Of the TPM that sealed it. */
  readonly storage: StorageKey;
}

/** Seals up to 128 bytes: TPM2_Create. @throws TpmError */
export async function sealSecret(link: TpmLink, secret: Buffer): Promise<SealedSecret> {
  const storage = await storageKey(link);
  const [sensitive, noData, noRegisters] = [sized(sized(), sized(secret)), sized(), u32(0)];
  const parameters = Buffer.concat([sensitive, sized(sealedTemplate), noData, noRegisters]);
  const object = { handle: handle.storageKey, name: storage.name };
  const code = commandCode.create;
  const made = await callProtected(link, storage, 'hmac', { code, object, parameters, secret: 'command' });
  const reader = new TpmReader(made);
  return { private: reader.sized(), public: reader.sized(), storage };
}

/** TPM2_Load and TPM2_Unseal. @throws TpmError, also of a TPM other than the one that sealed it */
export async function unsealSecret(
  link: TpmLink,
  sealed: Pick<SealedSecret, 'private' | 'public'>,
): Promise<Buffer> {
  const storage = await storageKey(link);
  const loaded = await call(link, {
    ...{ code: commandCode.load, handles: [handle.storageKey], authorised: true, returnsHandle: true },
    parameters: Buffer.concat([sized(sealed.private), sized(sealed.public)]),
  });
  const object = { handle: loaded.handle ?? 0, name: new TpmReader(loaded.parameters).sized() };
  try {
    const [code, parameters] = [commandCode.unseal, Buffer.alloc(0)];
    const told = await callProtected(link, storage, 'policy', {
      code,
      object,
      parameters,
      secret: 'response',
    });
    return new TpmReader(told).sized();
  } finally {
    await flush(link, object.handle);
  }
}
