/**
 * `passt-network.ts IP PORT`: in namespaces where it is root, gives another network namespace a network
 * without /dev/net/tun, publishes its port 8080, serves a page of 3 MB there, and prints "ready".
 */
import { execFileSync, spawn } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { namespaceTools } from '../../build/container/namespace-tools.ts';
import { startNetwork } from '../../build/container/network/network.ts';
import { userNetwork } from '../../build/container/network/user-network.ts';
import { testWork } from '../../build/testing.ts';
import { toolCommand } from '../../build/tools/command.ts';
import { testTools } from '../support/tools.ts';
import { until } from '../support/until.ts';

const port = Number(process.argv[2]);
const tools = await namespaceTools(testWork());
const published = { host: '127.0.0.1', hostPort: port, guestPort: 8080, protocol: 'tcp' } as const;
const wanted = userNetwork([published], tools, '/nonexistent');

const holder = spawn('unshare', ['--net', 'sleep', 'infinity'], { stdio: 'ignore' });
const pid = holder.pid ?? 0;
const ours = readlinkSync('/proc/self/ns/net');
await until('a network namespace', () => readlinkSync(`/proc/${pid}/ns/net`) !== ours);

const network = await startNetwork(wanted, toolCommand(tools, 'unshare', []), pid);
const inside = ['--target', String(pid), '--net'];
const ip = toolCommand(await testTools(), 'ip', []);
for (const line of [
  'link set lo up',
  'link set eth0 mtu 65520 up',
  'addr add 10.0.2.15/24 dev eth0',
  'route add default via 10.0.2.2',
])
  execFileSync('nsenter', [...inside, ip.file, ...ip.args, ...line.split(' ')], { env: ip.env });

// passt knows the container's MAC address once a frame has come from there: elsewhere those of DHCP, here
// those of a connection to the gateway. Before that a connection from outside is lost.
const serve = `const server = require('http').createServer((request, answer) => {
  let bytes = 0;
  request.on('data', (piece) => { bytes += piece.length });
  request.on('end', () => answer.end(bytes + ' ' + 'x'.repeat(3e6)));
});
const listen = () => server.listen(8080, () => console.log('ready'));
require('net').connect(9, '10.0.2.2').on('error', listen).on('connect', listen);`;
const server = spawn('nsenter', [...inside, process.execPath, '-e', serve], {
  stdio: ['ignore', 'inherit', 'inherit'],
});

process.stdin.resume().on('end', () => {
  network.stop();
  for (const child of [server, holder]) child.kill('SIGKILL');
  process.exit(0);
});
