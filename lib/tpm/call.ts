import { commandCode, handle, tag } from './constants.ts';
import { parseResponse, type TpmResponse } from './response.ts';
import { sized, u8, u16, u32 } from './wire.ts';

/** Where commands go: /dev/tpmrm0, or the socket of an emulated TPM. */
export interface TpmLink {
  /** Sends one command, and resolves to the response. */
  transact(command: Buffer): Promise<Buffer>;
}

/** A command whose parameters nobody has to protect. */
export interface PlainCommand {
  readonly code: number;
  readonly handles: readonly number[];
  readonly parameters: Buffer;
  /** By the empty password of what its first handle means. */
  readonly authorised: boolean;
  readonly returnsHandle: boolean;
}

/** @throws TpmError, or what the link says */
export async function call(link: TpmLink, wanted: PlainCommand): Promise<TpmResponse> {
  const { code, handles, parameters, authorised, returnsHandle } = wanted;
  const password = Buffer.concat([u32(handle.password), sized(), u8(0), sized()]);
  const bytes = commandBytes(code, handles, authorised ? password : undefined, parameters);
  return parseResponse(await link.transact(bytes), { returnsHandle });
}

/**
 * Removes an object or a session from the TPM's memory. If that fails, the kernel's resource manager does it
 * when the link is closed; an error would only hide why the command before it failed.
 */
export async function flush(link: TpmLink, made: number): Promise<void> {
  const parameters = u32(made);
  const code = commandCode.flushContext;
  const command = { code, handles: [], parameters, authorised: false, returnsHandle: false };
  await call(link, command).catch(() => {});
}

/** Part 1, 18.4, "Command Structure". @param session the authorisation, if there is one */
export function commandBytes(
  code: number,
  handles: readonly number[],
  session: Buffer | undefined,
  parameters: Buffer,
): Buffer {
  const body = Buffer.concat([
    ...handles.map(u32),
    ...(session ? [u32(session.length), session] : []),
    parameters,
  ]);
  return Buffer.concat([
    ...[u16(session ? tag.sessions : tag.noSessions), u32(10 + body.length), u32(code)],
    body,
  ]);
}
