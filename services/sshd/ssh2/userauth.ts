import type { Connection } from 'ssh2';
import type { Protocol } from 'ssh2/lib/protocol/Protocol.js';
import { FieldReader, field } from '../encoding.ts';
import type { KeyOffer, LoginRequest } from '../login/decide.ts';
import type { PayloadHandler } from './payloads.ts';

/** `disconnect`: the client has no tries left. */
export type LoginAnswer = 'accept' | 'query' | 'refuse' | 'disconnect';

type LoginClient = Connection & { authenticated: boolean; readonly _protocol: Protocol };

/** publickey with the server's host key among what is signed (PROTOCOL of OpenSSH, section 1.9). */
const hostBound = 'publickey-hostbound-v00@openssh.com';

/** The services that a login may be for: only this one. */
const service = 'ssh-connection';

/**
 * Takes requests to log in (RFC 4252) in place of ssh2, which
 *
 * - ends the connection at the first signature of a type that it does not know: FIDO keys, certificates;
 * - answers an offer to sign with rsa-sha2-256 with `ssh-rsa`, which ends Dropbear's client;
 * - ends the connection at a method that it does not know.
 *
 * @returns the handler of the message's payload
 */
export function loginHandler(
  connection: Connection,
  answer: (request: LoginRequest) => LoginAnswer,
): PayloadHandler {
  const client = connection as LoginClient;
  return (payload) => {
    // RFC 4252 section 5.3: those that come too late are ignored.
    if (client.authenticated) return true;
    const request = readRequest(payload, client._protocol);
    reply(client, request, answer(request));
    return true;
  };
}

/** @throws MalformedPacket */
function readRequest(payload: Buffer, protocol: Protocol): LoginRequest {
  const fields = new FieldReader(payload.subarray(1));
  const [user, wanted, method] = [fields.text(), fields.text(), fields.text()];
  if (wanted !== service || (method !== 'publickey' && method !== hostBound))
    return { user, method: wanted === service ? method : `for ${wanted}`, offer: undefined };
  return { user, method: 'publickey', offer: readOffer(payload, fields, protocol, method === hostBound) };
}

function readOffer(
  payload: Buffer,
  fields: FieldReader,
  { _kex: { sessionID, negotiated }, _hostKeys: hostKeys }: Protocol,
  bound: boolean,
): KeyOffer | undefined {
  const hasSignature = fields.flag();
  const [algorithm, blob] = [fields.text(), fields.bytes()];
  const own = bound ? fields.bytes() : undefined;
  const signed = Buffer.concat([field(sessionID), payload.subarray(0, payload.length - fields.left)]);
  const signature = hasSignature ? fields.bytes() : undefined;
  // A signature that was made for another server is none.
  if (own && !hostKeys[negotiated.serverHostKey]?.getPublicSSH().equals(own)) return undefined;
  return { algorithm, blob, signed, signature };
}

function reply(client: LoginClient, { offer }: LoginRequest, answer: LoginAnswer): void {
  const { _protocol: protocol } = client;
  if (answer === 'disconnect') return void client.end();
  // What ssh2 answers must stand in its queue.
  protocol._authsQueue.push('publickey');
  if (answer === 'query' && offer) protocol.authPKOK(offer.algorithm, offer.blob);
  else if (answer === 'accept') {
    client.authenticated = true;
    protocol.authSuccess();
    client.emit('ready');
  } else protocol.authFailure(['publickey'], false);
}
