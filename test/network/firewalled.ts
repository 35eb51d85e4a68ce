/**
 * `firewalled.ts serve OPEN`: sets up the firewall of this network namespace (OPEN: JSON of `OpenPorts[]`,
 * or `none` for no firewall), and answers on TCP and UDP ports 80 and 81.
 * `firewalled.ts ask ADDRESS…`: prints what answers there, as JSON.
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, isIPv6 } from 'node:net';
import { setFirewall } from '../../lib/linux/netlink/firewall.ts';

const ports = [80, 81];
const waitMs = 2000;
const [mode, ...args] = process.argv.slice(2);
if (mode === 'serve') await serve(args[0] ?? '');
else console.log(JSON.stringify((await Promise.all(args.flatMap((address) => ask(address)))).flat()));

async function serve(open: string): Promise<void> {
  if (open !== 'none') setFirewall(JSON.parse(open));
  for (const port of ports) {
    await once(createServer((socket) => socket.end('yes')).listen(port, '::'), 'listening');
    const udp = createSocket('udp6').on('message', (_, from) => udp.send('yes', from.port, from.address));
    await once(udp.bind(port, '::'), 'listening');
  }
  console.log('ready');
}

/** Of the four ports, those that answer: `fd00::1 80/tcp`. */
function ask(address: string): Promise<string[]>[] {
  return ports.flatMap((port) => [tcp(address, port), udp(address, port)]);
}

function tcp(host: string, port: number): Promise<string[]> {
  return new Promise((resolve) => {
    const socket = connect({ host, port }, () => {});
    const end = (found: string[]): void => {
      socket.destroy();
      resolve(found);
    };
    socket.on('data', () => end([`${host} ${port}/tcp`])).on('error', () => end([]));
    setTimeout(() => end([]), waitMs);
  });
}

function udp(host: string, port: number): Promise<string[]> {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
    const end = (found: string[]): void => {
      clearTimeout(timer);
      socket.close();
      resolve(found);
    };
    const timer = setTimeout(() => end([]), waitMs);
    socket.on('message', () => end([`${host} ${port}/udp`]));
    socket.send('?', port, host);
  });
}
