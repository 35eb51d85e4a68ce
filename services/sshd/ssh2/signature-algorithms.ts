import type { Connection } from 'ssh2';
import type { Protocol } from 'ssh2/lib/protocol/Protocol.js';
import utils from 'ssh2/lib/protocol/utils.js';
import { field, u32 } from '../sftp/packet.ts';

/** SSH_MSG_EXT_INFO, RFC 8308 section 2.3. */
const EXT_INFO = 7;

/** What a key may sign with (`weakness` in login.ts): no SHA-1, no DSA. */
export const signatureAlgorithms = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
] as const;

/**
 * Sends the list `server-sig-algs` to a client that wants it, right after the first key exchange, in place of
 * ssh2's own. That one lacks a comma, so that it names neither ecdsa-sha2-nistp521 nor rsa-sha2-512, but it
 * names ssh-rsa and ssh-dss, which this server refuses.
 */
export function sendSignatureAlgorithms(client: Connection): void {
  const { _protocol: protocol } = client as Connection & { readonly _protocol: Protocol };
  const complete = protocol._onHandshakeComplete;
  let first = true;
  protocol._onHandshakeComplete = (...args) => {
    const wanted = first && protocol._kex.remoteExtInfoEnabled;
    first = false;
    protocol._kex.remoteExtInfoEnabled = false;
    complete(...args);
    if (wanted) send(protocol);
  };
}

function send(protocol: Protocol): void {
  const payload = Buffer.concat([
    Buffer.of(EXT_INFO),
    u32(1),
    field('server-sig-algs'),
    field(signatureAlgorithms.join(',')),
  ]);
  const { write } = protocol._packetRW;
  const start = write.allocStart;
  const packet = write.alloc(payload.length);
  payload.copy(packet, start);
  utils.sendPacket(protocol, write.finalize(packet));
}
