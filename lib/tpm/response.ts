import { tag } from './constants.ts';
import { TpmError, TpmReader } from './wire.ts';

/** What a command has returned, taken apart, not yet understood. */
export interface TpmResponse {
  /** Of the object or session that was made. */
  readonly handle: number | undefined;
  readonly parameters: Buffer;
  /** Those of the only session. */
  readonly session:
    | { readonly nonce: Buffer; readonly attributes: number; readonly hmac: Buffer }
    | undefined;
}

/** A TPM's answers are shorter: TPM_PT_MAX_RESPONSE_SIZE is 4096 wherever Linux runs. */
export const responseLimit = 4096;

/**
 * Takes a response apart (part 1, 18.5, "Response Structure").
 *
 * ```
 * u16 tag | u32 size | u32 response code | [u32 handle] |
 *   without sessions: parameters
 *   with sessions: u32 size | parameters | for each session: nonce (TPM2B), u8 attributes, HMAC (TPM2B)
 * ```
 *
 * @throws TpmError for one of another form, and for a response code that is not success
 */
export function parseResponse(
  bytes: Buffer,
  { returnsHandle }: { readonly returnsHandle: boolean },
): TpmResponse {
  const reader = new TpmReader(bytes);
  const [kind, size, code] = [reader.u16(), reader.u32(), reader.u32()];
  if (size !== bytes.length)
    throw new TpmError(`what the TPM answers has ${bytes.length} bytes, not ${size}`);
  if (code !== 0) throw new TpmError(refusalText(code), code);
  const made = returnsHandle ? reader.u32() : undefined;
  if (kind !== tag.sessions) return { handle: made, parameters: reader.rest(), session: undefined };
  const parameters = reader.take(reader.u32());
  const session = { nonce: reader.sized(), attributes: reader.u8(), hmac: reader.sized() };
  reader.end();
  return { handle: made, parameters, session };
}

/** Bits of response codes that say which handle, parameter or session is meant (part 2, 6.6.2). */
const numbered = 0x080;

/** The error of a response code, without the number of what it is about. */
export const errorOf = (code: number): number => ((code & numbered) === 0 ? code : code & 0x0bf);

/** Part 2, 6.6.3: those that a healthy machine may meet. */
const refusals: Readonly<Record<number, string>> = {
  139: 'there is nothing at that handle',
  142: 'a password is needed that kit does not have',
  159: 'another TPM has made this, or it is damaged',
  162: 'a password is needed that kit does not have',
  256: 'it has not been started',
  2306: 'its memory for objects is full',
  2307: 'its memory for sessions is full',
  2337: 'it is locked after too many wrong passwords',
  2339: 'its storage does not answer',
};

/** `refused with 0x98e: a password is needed that kit does not have` */
function refusalText(code: number): string {
  const known = refusals[errorOf(code)];
  return `the TPM refuses with 0x${code.toString(16)}${known === undefined ? '' : `: ${known}`}`;
}
