/**
 * `port-main.ts PID INTERFACE MAC SOCKET`: gives that process's network namespace an interface, whose frames
 * it exchanges with the switch that listens on the unix socket. It runs in a network namespace of its own,
 * which has the other end of the veth pair, and ends with the launcher. When the switch ends, it connects
 * again.
 */
import { connect } from 'node:net';
import { basename, dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { leaveChecksums } from '../../../lib/linux/net/ethtool.ts';
import { openFrameSocket } from '../../../lib/linux/net/frame-socket.ts';
import { createLink, moveLink } from '../../../lib/linux/netlink/link-create.ts';
import { changeLink } from '../../../lib/linux/netlink/rtnetlink.ts';
import { dieWithParent } from '../../../lib/linux/process/parent.ts';
import { socketPath } from '../../machine/records/folder.ts';
import { FrameExchange } from './frame-exchange.ts';
import { indexOf, silenceIpv6 } from './own-namespace.ts';

const pauseMs = 300;
const peer = 'port';

dieWithParent();
const [pid = '', name = '', mac = '', socket = ''] = process.argv.slice(2);
silenceIpv6();
createLink({ name, kind: 'veth', peer, mac });
// On a switch there are machines that verify checksums and take frames of 1500 bytes at most: those of veth
// would be incomplete, and up to 64 KiB long.
leaveChecksums(name);
moveLink(name, Number(pid));
const index = indexOf(peer);
changeLink(index, { up: true });
const exchange = new FrameExchange(openFrameSocket(index));
for (;;) {
  await new Promise<void>((resolve) => {
    const { path, close } = socketPath(dirname(socket), basename(socket));
    const stream = connect(path).once('connect', close).once('error', close);
    stream.once('connect', () => exchange.attach(stream)).once('close', () => resolve());
  });
  await pause(pauseMs);
}
