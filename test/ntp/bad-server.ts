import { createSocket } from 'node:dgram';
import { clockNs } from '../../lib/linux/system/timex.ts';
import { changed, kiss, rightAnswer } from './answers.ts';

/** What this server does wrong, by name: it changes a right answer, and may send others besides. */
const kinds: Readonly<Record<string, (right: Buffer) => readonly Buffer[]>> = {
  /** Right. */
  right: (right) => [right],
  silent: () => [],
  /** A packet that anybody could have sent, before the right one. */
  spoofed: (right) => [changed(right, (bytes) => bytes.writeBigUInt64BE(42n, 24)), right],
  'wrong-origin': (right) => [changed(right, (bytes) => bytes.writeBigUInt64BE(42n, 24))],
  'no-time': (right) => [changed(right, (bytes) => bytes.fill(0, 40, 48))],
  'bad-stratum': (right) => [changed(right, (bytes) => bytes.writeUInt8(17, 1))],
  unsynchronised: (right) => [changed(right, (bytes) => bytes.writeUInt8(0xe4, 0))],
  'far-away': (right) => [changed(right, (bytes) => bytes.writeUInt32BE(40 * 65_536, 8))],
  huge: (right) => [Buffer.concat([right, Buffer.alloc(4000)])],
  tiny: (right) => [right.subarray(0, 20)],
  echo: () => [],
  deny: (right) => [kiss(right, 'DENY')],
  rate: (right) => [kiss(right, 'RATE')],
  /** Of somebody who does not know what was asked. */
  'forged-deny': (right) => [changed(kiss(right, 'DENY'), (bytes) => bytes.writeBigUInt64BE(42n, 24)), right],
};

/** `bad-server.ts ADDRESS=KIND[=SECONDS-AHEAD]…`: serves NTP at each of these addresses. */
for (const word of process.argv.slice(2)) serve(word);

function serve(word: string): void {
  const [address = '', kind = '', ahead = '0'] = word.split('=');
  const answers = kinds[kind];
  if (!answers) throw new Error(`There is no server of kind "${kind}"`);
  const now = (): bigint => clockNs('realtime') + BigInt(Math.round(Number(ahead) * 1e9));
  const socket = createSocket('udp4');
  socket.on('message', (request, { address: client, port }) => {
    const right = rightAnswer(request, now());
    for (const answer of kind === 'echo' ? [request] : answers(right)) socket.send(answer, port, client);
    console.log(`asked: ${request.toString('hex', 0, 40)}`);
  });
  socket.bind(123, address, () => console.log('serves'));
}
