import type { Connection } from 'ssh2';
import type { Protocol } from 'ssh2/lib/protocol/Protocol.js';
import { field, u32 } from '../encoding.ts';
import { signatureAlgorithms } from '../keys/algorithms.ts';
import { sendPayload } from './send.ts';

/** SSH_MSG_EXT_INFO, RFC 8308 section 2.3. */
const EXT_INFO = 7;

/** Extensions with their values; the last two are OpenSSH's (its PROTOCOL file). */
const extensions: Readonly<Record<string, string>> = {
  'server-sig-algs': signatureAlgorithms.join(','),
  'publickey-hostbound@openssh.com': '0',
  'ping@openssh.com': '0',
};

/**
 * Sends the extensions to a client that wants them, right after the first key exchange, in place of ssh2's
 * own. That list of algorithms lacks a comma, so that it names neither ecdsa-sha2-nistp521 nor rsa-sha2-512,
 * but it names ssh-rsa and ssh-dss, which this server refuses.
 */
export function sendExtensions(client: Connection): void {
  const { _protocol: protocol } = client as Connection & { readonly _protocol: Protocol };
  const complete = protocol._onHandshakeComplete;
  let first = true;
  protocol._onHandshakeComplete = (...args) => {
    const wanted = first && protocol._kex.remoteExtInfoEnabled;
    first = false;
    protocol._kex.remoteExtInfoEnabled = false;
    complete(...args);
    if (wanted) sendPayload(protocol, payload);
  };
}

const payload = Buffer.concat([
  ...[Buffer.of(EXT_INFO), u32(Object.keys(extensions).length)],
  ...Object.entries(extensions).flatMap(([name, value]) => [field(name), field(value)]),
]);
