/**
 * `bad-cable.ts NEAR FAR SEED`: passes Ethernet frames between two interfaces, and those of DHCP as a bad
 * network does: loses one in five, sends one in five twice, and one in five after the next. Prints
 * "connected".
 *
 * Other frames pass, since how many there are depends on the time, and with them the fate of the next one
 * would. After a lost frame the next few arrive: a client that has lost a renewal and a rebinding waits for
 * a minute.
 */
import { pollDescriptor } from '../../lib/linux/io/poll.ts';
import { type FrameSocket, openFrameSocket } from '../../lib/linux/net/frame-socket.ts';
import { changeLink, listLinks } from '../../lib/linux/netlink/rtnetlink.ts';

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
    const port = udpPort(frame);
    if (port !== undefined) frame.writeUInt16BE(0, checksumAt);
    if (port === 67 || port === 68) fate(frame);
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

/** Of a UDP checksum in a frame: between veth interfaces it is left incomplete; 0 is none (RFC 768). */
const checksumAt = 40;

/** The port that a frame of UDP goes to; undefined for others. IPv4 without options only. */
function udpPort(frame: Buffer): number | undefined {
  const isUdp = frame.length >= 42 && frame.readUInt16BE(12) === 0x0800 && frame[23] === 17;
  return isUdp ? frame.readUInt16BE(36) : undefined;
}
