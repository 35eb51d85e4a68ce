import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { call, commandBytes, flush, type TpmLink } from './call.ts';
import { algorithm, commandCode, handle, sessionAttribute } from './constants.ts';
import { kdfa } from './key-derivation.ts';
import { decryptFirst, encryptFirst } from './parameter-encryption.ts';
import type { StorageKey } from './public-area.ts';
import { parseResponse, type TpmResponse } from './response.ts';
import { saltFor } from './salt.ts';
import { sized, TpmError, TpmReader, u8, u16, u32 } from './wire.ts';

/** A command for one object, which a session authorises. */
export interface ProtectedCommand {
  readonly code: number;
  readonly object: { readonly handle: number; readonly name: Buffer };
  readonly parameters: Buffer;
  /** Where its first parameter, a TPM2B, is secret. */
  readonly secret: 'command' | 'response';
}

/** hmac: by the object's password, which is empty. policy: by a policy without conditions. */
const sessionTypes = { hmac: 0, policy: 1 } as const;
type SessionType = keyof typeof sessionTypes;

/**
 * Carries out a command in a session of its own, whose key is encrypted for the storage key: who listens on
 * the wires of a TPM does not learn the secret, and who changes what is said in the session is noticed
 * (part 1, 19 and 21). The storage key itself is what the TPM says it is: nothing else vouches for it.
 * @returns the parameters of the response @throws TpmError
 */
export async function callProtected(
  link: TpmLink,
  storage: StorageKey,
  type: SessionType,
  wanted: ProtectedCommand,
): Promise<Buffer> {
  const session = await startSession(link, storage, type);
  try {
    return await callIn(session, link, wanted);
  } catch (thrown) {
    // It ends with its command, unless that fails.
    await flush(link, session.handle);
    throw thrown;
  }
}

interface Session {
  readonly handle: number;
  readonly key: Buffer;
  /** The TPM's latest. */
  readonly nonce: Buffer;
}

const nonceBytes = 32;

async function startSession(link: TpmLink, storage: StorageKey, type: SessionType): Promise<Session> {
  const [nonce, salt] = [randomBytes(nonceBytes), saltFor(storage.key)];
  const parameters = Buffer.concat([
    ...[sized(nonce), sized(salt.encrypted), u8(sessionTypes[type])],
    ...[u16(algorithm.aes), u16(128), u16(algorithm.cfb), u16(algorithm.sha256)],
  ]);
  const started = await call(link, {
    ...{ code: commandCode.startAuthSession, handles: [handle.storageKey, handle.none], parameters },
    ...{ authorised: false, returnsHandle: true },
  });
  const answer = new TpmReader(started.parameters).sized();
  return { handle: started.handle ?? 0, key: kdfa(salt.secret, 'ATH', [answer, nonce], 256), nonce: answer };
}

async function callIn(session: Session, link: TpmLink, wanted: ProtectedCommand): Promise<Buffer> {
  const { code, object, secret } = wanted;
  const nonce = randomBytes(nonceBytes);
  const parameters =
    secret === 'command'
      ? encryptFirst(wanted.parameters, session.key, [nonce, session.nonce])
      : wanted.parameters;
  const attributes = u8(sessionAttribute[secret === 'command' ? 'decrypt' : 'encrypt']);
  const digest = sha256(u32(code), object.name, parameters);
  const hmac = hmacSha256(session.key, digest, nonce, session.nonce, attributes);
  const authorisation = Buffer.concat([u32(session.handle), sized(nonce), attributes, sized(hmac)]);
  const answer = await link.transact(commandBytes(code, [object.handle], authorisation, parameters));
  const response = parseResponse(answer, { returnsHandle: false });
  const latest = checkedNonce(response, session, { code, nonce });
  return secret === 'response'
    ? decryptFirst(response.parameters, session.key, [latest, nonce])
    : response.parameters;
}

/** The TPM's nonce of a response that the holder of the session's key has made. @throws TpmError */
function checkedNonce(
  { parameters, session: said }: TpmResponse,
  session: Session,
  { code, nonce }: { readonly code: number; readonly nonce: Buffer },
): Buffer {
  if (said) {
    const digest = sha256(u32(0), u32(code), parameters);
    const expected = hmacSha256(session.key, digest, said.nonce, nonce, u8(said.attributes));
    if (said.hmac.length === expected.length && timingSafeEqual(said.hmac, expected)) return said.nonce;
  }
  throw new TpmError('what the TPM answers was changed on its way');
}

const sha256 = (...parts: readonly Buffer[]): Buffer =>
  createHash('sha256').update(Buffer.concat(parts)).digest();

const hmacSha256 = (key: Buffer, ...parts: readonly Buffer[]): Buffer =>
  createHmac('sha256', key).update(Buffer.concat(parts)).digest();
