/**
 * `bridge-main.ts PID`: gives that process's network namespace an interface eth0, whose frames it exchanges
 * with passt(1), on descriptor 3. It runs in a network namespace of its own, which has the other end of the
 * veth pair. Ends when passt or the launcher does; passt ends when the bridge does.
 */
import { Socket } from 'node:net';
import { openFrameSocket } from '../../../lib/linux/net/frame-socket.ts';
import { createLink } from '../../../lib/linux/netlink/link-create.ts';
import { changeLink } from '../../../lib/linux/netlink/rtnetlink.ts';
import { dieWithParent } from '../../../lib/linux/process/parent.ts';
import { FrameExchange } from './frame-exchange.ts';
import { indexOf, silenceIpv6 } from './own-namespace.ts';

const name = 'passt';

dieWithParent();
const pid = Number(process.argv[2]);
silenceIpv6();
createLink({ name: 'eth0', kind: 'veth', peer: name, inNamespaceOf: pid });
const index = indexOf(name);
// The container's end gets its MTU by DHCP; this one takes whatever that sends.
changeLink(index, { mtu: 65_535, up: true });

const passt = new Socket({ fd: 3 });
passt.on('error', () => process.exit(1));
passt.on('close', () => process.exit(0));
new FrameExchange(openFrameSocket(index)).attach(passt);
