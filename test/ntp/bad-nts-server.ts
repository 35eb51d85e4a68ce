import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServer, type TLSSocket } from 'node:tls';
import { clockNs } from '../../lib/linux/system/timex.ts';
import { encodeField, fieldTypes } from '../../services/ntp/nts/fields.ts';
import { agreement, openRequest, sealReply } from '../../services/ntp/nts/testing/server-side.ts';
import { kiss, rightAnswer } from './answers.ts';

interface Answers {
  /** Without a proof. */
  readonly plain: Buffer;
  readonly proved: Buffer;
  readonly uniqueId: Buffer;
}

/** What this server does wrong, by name. */
const kinds: Readonly<Record<string, (answers: Answers) => readonly Buffer[]>> = {
  right: ({ proved }) => [proved],
  /** As if somebody on the way had taken NTS away. */
  stripped: ({ plain }) => [plain, plain.subarray(0, 48)],
  'forged-deny': ({ plain }) => [kiss(plain, 'DENY')],
  'forged-nak': ({ plain, proved }) => [kiss(plain, 'NTSN'), proved],
  silent: () => [],
  /** These fail earlier. */
  'no-alpn': () => [],
  mute: () => [],
  tls12: () => [],
};

/** `bad-nts-server.ts ADDRESS=KIND=NAME…`: NTS-KE and NTP at each of them, with the certificate NAME.pem. */
for (const word of process.argv.slice(2)) serve(word);

function serve(word: string): void {
  const [address = '', kind = '', name = ''] = word.split('=');
  const answers = kinds[kind];
  if (!answers) throw new Error(`There is no server of kind "${kind}"`);
  const keys = new Map<string, { readonly toServer: Buffer; readonly toClient: Buffer }>();
  const cookieFor = (pair: { readonly toServer: Buffer; readonly toClient: Buffer }): Buffer => {
    const cookie = randomBytes(100);
    keys.set(cookie.toString('hex'), pair);
    return cookie;
  };
  const agree = (socket: TLSSocket): void => {
    socket.on('error', () => {});
    const [toServer, toClient] = [0, 1].map((direction) =>
      socket.exportKeyingMaterial(32, 'EXPORTER-network-time-security', Buffer.of(0, 0, 0, 15, direction)),
    ) as [Buffer, Buffer];
    socket.once('data', () => {
      console.log('agreed');
      if (kind !== 'mute')
        socket.end(agreement(Array.from({ length: 8 }, () => cookieFor({ toServer, toClient }))));
    });
  };
  const certificate = {
    cert: readFileSync(join(`${name}.pem`)),
    key: readFileSync(join(`${name}.key`)),
    ...(kind !== 'no-alpn' && { ALPNProtocols: ['ntske/1'] }),
    ...(kind === 'tls12' && { maxVersion: 'TLSv1.2' as const }),
  };
  const server = createServer(certificate, agree);
  server.on('tlsClientError', () => {});
  const socket = createSocket('udp4');
  socket.on('message', (request, { address: client, port }) => {
    const cookie = request.subarray(48 + 36 + 4, 48 + 36 + 4 + 100);
    const pair = keys.get(cookie.toString('hex'));
    const opened = pair && openRequest(request, pair.toServer);
    if (!opened) return void console.log('asked without a proof');
    // Each of them once.
    keys.delete(cookie.toString('hex'));
    const { uniqueId, placeholders } = opened;
    const header = rightAnswer(request, clockNs('realtime'));
    const plain = Buffer.concat([header, encodeField(fieldTypes.uniqueId, uniqueId)]);
    const cookies = [cookie, ...placeholders].map(() => cookieFor(pair));
    const proved = sealReply(header, { uniqueId, key: pair.toClient, cookies });
    for (const answer of answers({ plain, proved, uniqueId })) socket.send(answer, port, client);
  });
  socket.bind(123, address, () => server.listen(4460, address, () => console.log('serves')));
}
