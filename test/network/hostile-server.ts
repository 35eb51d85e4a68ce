/**
 * Answers every DISCOVER and REQUEST on interface `argv[2]` with invalid replies before another server can:
 * random bytes, truncated replies, replies without required options, offers of impossible addresses.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { pollDescriptor } from '../../lib/linux/io/poll.ts';
import { openPacketSocket } from '../../lib/linux/net/packet.ts';
import { listLinks } from '../../lib/linux/netlink/rtnetlink.ts';

const link = listLinks().find(({ name }) => name === process.argv[2]);
if (link === undefined) throw new Error(`no interface ${process.argv[2]}`);
const socket = openPacketSocket(link.index, 67);
const poll = pollDescriptor(socket.fd, () => {
  for (let datagram = socket.receive(); datagram !== undefined; datagram = socket.receive())
    answer(datagram.payload);
});
poll.want({ readable: true, writable: false });
process.stdout.write('hostile\n');

function answer(request: Buffer): void {
  const reply = Buffer.from(request);
  reply[0] = 2;
  Buffer.of(10, 0, 2, 66).copy(reply, 16);
  const replies = [
    randomBytes(randomInt(1, 1400)),
    reply.subarray(0, randomInt(1, reply.length)),
    // Offers without a server identifier and without a lease time; an offer of 127.0.0.1; an ACK for
    // 255.255.255.255.
    withOptions(reply, [53, 1, 2, 255]),
    withOptions(reply, [53, 1, 2, 54, 4, 10, 0, 2, 66, 255]),
    withAddress(
      withOptions(reply, [53, 1, 2, 54, 4, 10, 0, 2, 66, 51, 4, 0, 0, 255, 0, 255]),
      [127, 0, 0, 1],
    ),
    withAddress(
      withOptions(reply, [53, 1, 5, 54, 4, 10, 0, 2, 66, 51, 4, 0, 0, 255, 0, 255]),
      [255, 255, 255, 255],
    ),
    withOptions(reply, [53, 1, 6, 54, 4, 10, 0, 2, 66, 255]),
  ];
  for (const payload of replies) {
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
