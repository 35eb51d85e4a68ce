import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';

/** The neighbour listens at an abstract socket and at ports of the machine; others try what they may. */
const isNeighbour = process.env.ROLE === 'neighbour';

/** Until the process ends, or `close`. */
async function listen(at: number | { readonly path: string }): Promise<Server> {
  const server = createServer((socket) => socket.end());
  server.listen(at);
  await once(server, 'listening');
  return server;
}

async function reach(at: { readonly port: number } | { readonly path: string }): Promise<void> {
  const socket = connect('port' in at ? { ...at, host: '127.0.0.1' } : at);
  await once(socket, 'connect');
  socket.destroy();
}

function run(program: string, ...args: readonly string[]): void {
  const { error, status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (error || status !== 0) throw error ?? new Error(stderr.trim());
}

const reading = 'require("node:fs").readFileSync("/etc/hosts")';

const attempts: Readonly<Record<string, () => unknown>> = {
  'read a file': () => readFileSync('/etc/hosts'),
  'list a folder': () => readdirSync('/etc'),
  'write a file': () => writeFileSync('/scratch/file', 'x'),
  'read by a link': () => {
    symlinkSync('/etc/hosts', '/data/link');
    return readFileSync('/data/link');
  },
  'execute what it wrote': () => {
    copyFileSync('/usr/bin/node', '/data/program');
    chmodSync('/data/program', 0o755);
    run('/data/program', '--version');
  },
  'read by a child': () => run(process.execPath, '-e', reading),
  'listen at a port': async () => (await listen(8081)).close(),
  'connect to a port': () => reach({ port: 8082 }),
  'connect to an abstract socket': () => reach({ path: '\0kit-neighbour' }),
  'write where it may': () => writeFileSync('/data/file', 'x'),
  'execute what it may': () => run(process.execPath, '--version'),
  'listen where it may': async () => (await listen(8080)).close(),
  'connect where it may': () => reach({ port: 8083 }),
};

async function outcome(attempt: () => unknown): Promise<string> {
  try {
    await attempt();
    return 'succeeded';
  } catch (thrown) {
    return /E[A-Z]+/.exec(String(thrown))?.[0] ?? String(thrown);
  }
}

if (isNeighbour) {
  for (const at of [{ path: '\0kit-neighbour' }, 8082, 8083]) await listen(at);
  console.log('neighbour listens');
} else {
  const outcomes: Record<string, string> = {};
  for (const [name, attempt] of Object.entries(attempts)) outcomes[name] = await outcome(attempt);
  console.log(`attempts ${JSON.stringify(outcomes)}`);
  setInterval(() => {}, 1 << 30);
}
process.on('SIGTERM', () => process.exit(0));
