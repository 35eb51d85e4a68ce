import type { Connection } from 'ssh2';
import type { Protocol } from 'ssh2/lib/protocol/Protocol.js';
import type { PayloadHandler } from './payloads.ts';
import { sendPayload } from './send.ts';

/** SSH2_MSG_PING and SSH2_MSG_PONG (PROTOCOL of OpenSSH, section 1.10). */
export const PING = 192;
const PONG = 193;

/** Answers pings, with which OpenSSH's client hides when keys are pressed, and looks whether we are there. */
export function pingHandler(client: Connection): PayloadHandler {
  const { _protocol: protocol } = client as Connection & { readonly _protocol: Protocol };
  return (payload) => {
    sendPayload(protocol, Buffer.concat([Buffer.of(PONG), payload.subarray(1)]));
    return true;
  };
}
