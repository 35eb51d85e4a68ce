/**
 * `odd-server.ts INTERFACE HOW`: a DHCP server of 10.0.2.2 that departs from RFC 2131, as real ones do.
 * Prints "serving" when it is ready.
 */
import { pollDescriptor } from '../../../lib/linux/io/poll.ts';
import { openPacketSocket } from '../../../lib/linux/net/packet.ts';
import { listLinks } from '../../../lib/linux/netlink/rtnetlink.ts';
import { reply } from '../../../services/dhcp/testdata/reply.ts';

const [, , name, how = ''] = process.argv;
const link = listLinks().find((each) => each.name === name);
if (link === undefined) throw new Error(`no interface ${name}`);
const socket = openPacketSocket(link.index, 67);
const poll = pollDescriptor(socket.fd, () => {
  for (let datagram = socket.receive(); datagram !== undefined; datagram = socket.receive())
    send(answerTo(datagram.payload));
});
poll.want({ readable: true, writable: false });
process.stdout.write('serving\n');

function answerTo(request: Buffer): Buffer {
  const isDiscover = request[242] === 1;
  const lease = [51, Buffer.of(0, 0, 14, 16)] as const;
  const options = how === 'no-lease-time' ? [] : [lease];
  const mac = request.toString('hex', 28, 34).match(/../g)?.join(':') ?? '';
  const common = { type: isDiscover ? 'offer' : 'ack', xid: request.readUInt32BE(4), mac } as const;
  if (how === 'no-server') return reply(options, { ...common, server: null });
  if (how === 'no-server-in-ack' && !isDiscover) return reply(options, { ...common, server: null });
  if (how === 'other-server-in-ack' && !isDiscover) return reply(options, { ...common, server: '10.0.2.9' });
  if (how === 'link-local') return reply(options, { ...common, address: '169.254.7.7' });
  if (how === 'no-message-type') return Buffer.concat([reply([], common).subarray(0, 240), Buffer.of(255)]);
  return reply(options, common);
}

function send(payload: Buffer): void {
  socket.broadcast({
    ...{ source: '10.0.2.2', sourcePort: 67, destination: '255.255.255.255', destinationPort: 68 },
    payload,
  });
}
