import type { Client } from 'ssh2';
import type { Protocol } from 'ssh2/lib/protocol/Protocol.js';
import utils from 'ssh2/lib/protocol/utils.js';
import { field, u32 } from '../encoding.ts';

/** Its number, and its fields. */
export type Message = readonly [type: number, ...fields: Buffer[]];

/** Sends a message that a well-behaved client would not send, encrypted if keys have been exchanged. */
export function send(client: Client, ...[type, ...parts]: Message): void {
  const { _protocol: protocol } = client as Client & { readonly _protocol: Protocol };
  const payload = Buffer.concat([Buffer.of(type), ...parts]);
  const { write } = protocol._packetRW;
  const start = write.allocStart;
  const packet = write.alloc(payload.length);
  payload.copy(packet, start);
  utils.sendPacket(protocol, write.finalize(packet));
}

/** `send` for the messages of a key exchange, which do not wait for its end. */
export function sendAtOnce(client: Client, ...[type, ...parts]: Message): void {
  const { _protocol: protocol } = client as Client & { readonly _protocol: Protocol };
  const payload = Buffer.concat([Buffer.of(type), ...parts]);
  const { write } = protocol._packetRW;
  const packet = write.alloc(payload.length, true);
  payload.copy(packet, write.allocStartKEX);
  utils.sendPacket(protocol, write.finalize(packet, true), true);
}

/** Messages of RFC 4252 and 4254, and one of RFC 4253. */
export const messages = {
  /** Nothing at all, of that many bytes. */
  ignore: (bytes: number): Message => [2, field(Buffer.alloc(bytes))],
  userauth: (user: string, method: string, ...more: readonly Buffer[]): Message => [
    50,
    field(user),
    field('ssh-connection'),
    field(method),
    ...more,
  ],
  global: (name: string, ...more: readonly Buffer[]): Message => [80, field(name), Buffer.of(1), ...more],
  open: (
    type: string,
    id: number,
    packetBytes = 32_768,
    window = 1 << 21,
    ...more: readonly Buffer[]
  ): Message => [90, field(type), u32(id), u32(window), u32(packetBytes), ...more],
  adjust: (id: number, bytes: number): Message => [93, u32(id), u32(bytes)],
  data: (id: number, data: Buffer): Message => [94, u32(id), field(data)],
  eof: (id: number): Message => [96, u32(id)],
  close: (id: number): Message => [97, u32(id)],
  request: (id: number, type: string, ...more: readonly Buffer[]): Message => [
    98,
    u32(id),
    field(type),
    Buffer.of(1),
    ...more,
  ],
};
