import type { Connection } from 'ssh2';
import handlers from 'ssh2/lib/protocol/handlers.js';
import type { Protocol } from 'ssh2/lib/protocol/Protocol.js';
import { u32 } from '../encoding.ts';
import { sendPayload } from './send.ts';

/** SSH_MSG_UNIMPLEMENTED, RFC 4253 section 11.4. */
const UNIMPLEMENTED = 3;

/** Handles the payload of a message, its number included. Returns whether it has; otherwise ssh2 does. */
export type PayloadHandler = (payload: Buffer) => boolean;

/**
 * Lets these handlers have messages before ssh2 parses them, by their numbers; not those of a key exchange.
 * A message that nobody knows is answered as such, which ssh2 passes over: clients wait for that answer.
 */
export function handlePayloads(client: Connection, own: ReadonlyMap<number, PayloadHandler>): void {
  const { _protocol: protocol } = client as Connection & { readonly _protocol: Protocol };
  const parse = protocol._onPayload;
  protocol._onPayload = (payload) => {
    const type = payload[0] ?? 0;
    const handler = own.get(type);
    if (!handler && (handlers[type] || payload.length === 0)) return parse(payload);
    if (handler && !handler(payload)) return parse(payload);
    protocol._onPacket();
    if (!handler) sendPayload(protocol, Buffer.concat([Buffer.of(UNIMPLEMENTED), u32(sequence(protocol))]));
  };
}

/** The number of the last packet that has arrived; ssh2 has counted it already. */
function sequence({ _decipher: { inSeqno } }: Protocol): number {
  return (inSeqno - 1) >>> 0;
}
