/**
 * `bad-cable.ts NEAR FAR SEED`: passes Ethernet frames between two interfaces, and those of DHCP and DHCPv6
 * as a bad network does: loses one in five, sends one in five twice, and one in five after the next. Prints
 * "connected".
 *
 * Other frames pass, since how many there are depends on the time, and with them the fate of the next one
 * would. After a lost frame the next few arrive: a client that has lost a renewal and a rebinding waits for
 * a minute.
 */
import { pollDescriptor } from '../../lib/linux/io/poll.ts';
import { type FrameSocket, openFrameSocket } from '../../lib/linux/net/frame-socket.ts';
import { changeLink, listLinks } from '../../lib/linux/netlink/rtnetlink.ts';
import { dhcpPorts, dhcpv6Ports } from '../../lib/net/dhcp-ports.ts';
import { checksum } from '../../lib/net/packet-udp.ts';

/** Where Ethernet's header ends, and what IP calls UDP. */
const [ipAt, UDP] = [14, 17];
/** Those that DHCP and DHCPv6 send to. */
const ports: readonly number[] = [dhcpPorts, dhcpv6Ports].flatMap(({ client, server }) => [client, server]);
/** Milliseconds that a frame is held if no other comes. */
const longestHold = 300;

const [, , near = '', far = '', seed = '1'] = process.argv;
const sockets = [near, far].map((wanted) => {
  const link = listLinks().find(({ name }) => name === wanted);
  if (!link) throw new Error(`no interface ${wanted}`);
  changeLink(link.index, { up: true });
  return openFrameSocket(link.index);
});
const [one, other] = sockets;
if (!one || !other) throw new Error('two interfaces are needed');
let state = Number(seed);
/** Frames that are not lost, whatever the seed says. */
let spared = 0;
connect(one, other);
connect(other, one);
process.stdout.write('connected\n');

function connect(from: FrameSocket, to: FrameSocket): void {
  let held: Buffer | undefined;
  const pass = (frame: Buffer): void => {
    to.send(frame);
    if (held) to.send(held);
    held = undefined;
  };
  const poll = pollDescriptor(from.fd, () => {
    while (from.receive((bytes) => receive(Buffer.from(bytes))));
  });
  const receive = (frame: Buffer): void => {
    const udp = udpOf(frame);
    if (udp) completeChecksum(frame, udp);
    if (udp && ports.includes(udp.readUInt16BE(2))) fate(frame);
    else to.send(frame);
  };
  const fate = (frame: Buffer): void => {
    const number = random();
    const isLost = number < 0.2 && spared === 0;
    spared = isLost ? 4 : Math.max(0, spared - 1);
    if (isLost) return;
    if (number < 0.4) to.send(frame);
    if (number < 0.6 && held === undefined) {
      held = frame;
      setTimeout(() => held === frame && pass(frame), longestHold);
    } else pass(frame);
  };
  poll.want({ readable: true, writable: false });
}

/** mulberry32: the same seed gives the same network. */
function random(): number {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}

/**
 * The UDP datagram in a frame; undefined for others, and behind options of IPv4 or extension headers of IPv6.
 */
function udpOf(frame: Buffer): Buffer | undefined {
  if (frame.length < ipAt + 48) return undefined;
  const type = frame.readUInt16BE(12);
  const at = type === 0x0800 && frame[ipAt + 9] === UDP ? ipAt + 20 : ipAt + 40;
  if (at === ipAt + 40 && (type !== 0x86dd || frame[ipAt + 6] !== UDP)) return undefined;
  return frame.subarray(at, at + frame.readUInt16BE(at + 4));
}

/** Between veth interfaces it is left incomplete. IPv4 allows none, which is 0 (RFC 768); IPv6 does not. */
function completeChecksum(frame: Buffer, udp: Buffer): void {
  udp.writeUInt16BE(0, 6);
  if (frame.readUInt16BE(12) !== 0x86dd) return;
  const pseudoHeader = Buffer.concat([
    frame.subarray(ipAt + 8, ipAt + 40),
    Buffer.of(0, 0, udp.length >> 8, udp.length & 255, 0, 0, 0, UDP),
  ]);
  udp.writeUInt16BE(checksum(Buffer.concat([pseudoHeader, udp])) || 0xffff, 6);
}
