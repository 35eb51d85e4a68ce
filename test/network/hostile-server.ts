/**
 * Answers every DISCOVER and REQUEST on interface `argv[2]` with nonsense, before any honest server can: random bytes, cut and
 * bent copies of an ACK, offers of impossible addresses.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { pollDescriptor } from '../../lib/linux/io/poll.ts';
import { openPacketSocket } from '../../lib/linux/net/packet.ts';
import { listLinks } from '../../lib/linux/netlink/rtnetlink.ts';

const link = listLinks().find(({ name }) => name === process.argv[2]);
if (link === undefined) throw new Error(`no interface ${process.argv[2]}`);
const socket = openPacketSocket(link.index, 67);
const poll = pollDescriptor(socket.fd, () => {
  for (let heard = socket.receive(); heard !== undefined; heard = socket.receive()) answer(heard.payload);
});
poll.want({ readable: true, writable: false });
process.stdout.write('hostile\n');

function answer(question: Buffer): void {
  const honest = Buffer.from(question);
  honest[0] = 2;
  Buffer.of(10, 0, 2, 66).copy(honest, 16);
  const offers = [
    randomBytes(randomInt(1, 1400)),
    honest.subarray(0, randomInt(1, honest.length)),
    // An offer without a server, one without a time, of loopback, of broadcast.
    withOptions(honest, [53, 1, 2, 255]),
    withOptions(honest, [53, 1, 2, 54, 4, 10, 0, 2, 66, 255]),
    withAddress(
      withOptions(honest, [53, 1, 2, 54, 4, 10, 0, 2, 66, 51, 4, 0, 0, 255, 0, 255]),
      [127, 0, 0, 1],
    ),
    withAddress(
      withOptions(honest, [53, 1, 5, 54, 4, 10, 0, 2, 66, 51, 4, 0, 0, 255, 0, 255]),
      [255, 255, 255, 255],
    ),
    withOptions(honest, [53, 1, 6, 54, 4, 10, 0, 2, 66, 255]),
  ];
  for (const payload of offers) {
    socket.broadcast({
      source: '10.0.2.66',
      sourcePort: 67,
      destination: '255.255.255.255',
      destinationPort: 68,
      payload,
    });
  }
}

function withOptions(message: Buffer, options: readonly number[]): Buffer {
  return Buffer.concat([message.subarray(0, 240), Buffer.from(options)]);
}

function withAddress(message: Buffer, address: readonly number[]): Buffer {
  Buffer.from(address).copy(message, 16);
  return message;
}
