import type { Connection } from 'ssh2';
import constants from 'ssh2/lib/protocol/constants.js';
import type { Protocol } from 'ssh2/lib/protocol/Protocol.js';
import { FieldReader } from '../encoding.ts';
import type { PayloadHandler } from './payloads.ts';

/** TTY_OP_END. */
const end = 0;
/** From here on opcodes have arguments of other sizes, which nobody has defined (RFC 4254 section 8). */
const undefinedOpcodes = 160;

/** Names of terminal modes by opcode, with the one of RFC 8160, which ssh2 does not know. */
const names: ReadonlyMap<number, string> = new Map([
  ...Object.entries(constants.TERMINAL_MODE).map(([name, opcode]): [number, string] => [opcode, name]),
  [42, 'IUTF8'],
]);

/**
 * Reads requests for a terminal (RFC 4254 section 6.2) in place of ssh2. That one begins after the first byte
 * of the modes, so that it finds the end there: no terminal had the modes of its client. Modes that are not
 * known are ignored, as the RFC demands.
 *
 * @returns a handler of CHANNEL_REQUEST, which leaves all others to ssh2
 */
export function terminalHandler(client: Connection): PayloadHandler {
  const { _protocol: protocol } = client as Connection & { readonly _protocol: Protocol };
  return (payload) => {
    const fields = new FieldReader(payload.subarray(1));
    const [channel, type, wantsReply] = [fields.u32(), fields.text(), fields.flag()];
    if (type !== 'pty-req') return false;
    const term = fields.text();
    const [cols, rows, width, height] = [fields.u32(), fields.u32(), fields.u32(), fields.u32()];
    const modes = readModes(fields.bytes());
    const handler = protocol._handlers.CHANNEL_REQUEST as unknown as RequestHandler;
    handler(protocol, channel, type, wantsReply, { term, cols, rows, width, height, modes });
    return true;
  };
}

type RequestHandler = (
  protocol: Protocol,
  channel: number,
  type: string,
  wantsReply: boolean,
  info: object,
) => void;

/** Opcodes with a number each; what is cut off or undefined ends them. */
export function readModes(bytes: Buffer): Record<string, number> {
  const fields = new FieldReader(bytes);
  const modes: Record<string, number> = {};
  while (fields.left > 4) {
    const opcode = fields.u8();
    if (opcode === end || opcode >= undefinedOpcodes) break;
    const value = fields.u32();
    const name = names.get(opcode);
    if (name !== undefined) modes[name] = value;
  }
  return modes;
}
