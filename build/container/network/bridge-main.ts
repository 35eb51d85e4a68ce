/**
 * `bridge-main.ts PID`: gives that process's network namespace an interface eth0, whose frames it exchanges
 * with passt(1), on descriptor 3. It runs in a network namespace of its own, which has the other end of the
 * veth pair. Ends when passt or the launcher does; passt ends when the bridge does.
 */
import { writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { pollDescriptor } from '../../../lib/linux/io/poll.ts';
import { openFrameSocket } from '../../../lib/linux/net/frame-socket.ts';
import { createLink } from '../../../lib/linux/netlink/link-create.ts';
import { changeLink, listLinks } from '../../../lib/linux/netlink/rtnetlink.ts';
import { dieWithParent } from '../../../lib/linux/process/parent.ts';
import { FrameSplitter, withLength } from './frames.ts';

/** Frames read at a time, so that neither direction starves the other. */
const burst = 64;
const name = 'passt';

dieWithParent();
const pid = Number(process.argv[2]);
silenceIpv6();
createLink({ name: 'eth0', kind: 'veth', peer: name, inNamespaceOf: pid });
const link = listLinks().find((one) => one.name === name);
if (!link) throw new Error('Cannot find the interface that was made');
// The container's end gets its MTU by DHCP; this one takes whatever that sends.
changeLink(link.index, { mtu: 65_535, up: true });

const frames = openFrameSocket(link.index);
const passt = new Socket({ fd: 3 });
const poll = pollDescriptor(frames.fd, fromContainer);
poll.want({ readable: true, writable: false });
const splitter = new FrameSplitter();
passt.on('data', (piece: Buffer) => {
  for (const frame of splitter.push(piece)) frames.send(frame);
});
passt.on('drain', () => poll.want({ readable: true, writable: false }));
passt.on('error', () => process.exit(1));
passt.on('close', () => process.exit(0));

function fromContainer(): void {
  for (let count = 0; count < burst; count += 1) {
    let isFull = false;
    const hasFrame = frames.receive((frame) => {
      isFull = !passt.write(withLength(frame));
    });
    if (!hasFrame) return;
    if (!isFull) continue;
    // The frames then wait in the socket's ring.
    poll.want({ readable: false, writable: false });
    return;
  }
}

/** This end has no addresses: it would only send the container solicitations for some. */
function silenceIpv6(): void {
  try {
    writeFileSync('/proc/sys/net/ipv6/conf/default/disable_ipv6', '1');
  } catch {
    // A kernel without IPv6.
  }
}
