import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kitRoot } from '../../build/paths.ts';
import { openPty, spawnOnTerminal } from '../../lib/linux/pty.ts';
import { freePort, kit, Machine, type Result } from './machine.ts';

/** One boot of examples/redis.yml, whose service has no shell. */
let machine: Machine;
let port: number;

beforeAll(async () => {
  port = await freePort();
  machine = await Machine.boot('examples/redis.yml', ['--publish', `${port}:6379`]);
});
afterAll(() => machine?.[Symbol.asyncDispose]());

test('redis answers a client on the published port', async () => {
  expect(await ask(port, 'PING\r\n'), await machine.describe('redis')).toBe('+PONG\r\n');
  expect(await ask(port, 'SET name kit\r\n')).toBe('+OK\r\n');
  expect(await ask(port, 'GET name\r\n')).toBe('$3\r\nkit\r\n');
});

const tools = (...command: string[]): Promise<Result> =>
  kit('exec', machine.name, '--debug-image', 'pkg/debug-tools', 'redis', '--', ...command);

test('tools of a debug image see its processes, ports and files, and are brought once', async () => {
  expect((await kit('exec', machine.name, 'redis', 'sh')).status).toBe(1);
  const first = await tools('ps', '-o', 'pid=,comm=', '-p', '1');
  expect(first, await machine.describe(first.stderr)).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^ +1 redis-server\n$/),
  });
  const look =
    'ss -Htln; lsof -nP -p 1 -a -i TCP -s TCP:LISTEN -F n; ls /target/usr/bin; cat /target/proc/1/comm; exit 7';
  const second = await tools('sh', '-c', look);
  expect(second.stderr).not.toContain('Bring');
  expect(second.status).toBe(7);
  expect(second.stdout).toMatch(/LISTEN .*:6379 /);
  expect(second.stdout).toMatch(/^n\*:6379$/m);
  expect(second.stdout.trim().split('\n').slice(-4)).toEqual([
    'redis-check-rdb',
    'redis-cli',
    'redis-server',
    'redis-server',
  ]);
});

test('beside the machine itself they see all of it', async () => {
  const args = ['--debug-image', 'pkg/debug-tools', '--host', '--', 'ps', '-eo', 'comm='];
  const { stdout, stderr } = await kit('exec', machine.name, ...args);
  expect(stdout.split('\n'), stderr).toEqual(expect.arrayContaining(['containerd', 'redis-server']));
});

test('strace attaches to it, tcpdump hears its packets, and it answers all the while', async () => {
  const traced = tools('timeout', '-s', 'INT', '5', 'strace', '-f', '-e', 'trace=read', '-p', '1');
  const heard = tools('timeout', '20', 'tcpdump', '-nn', '-c', '1', '-i', 'any', 'port', '6379');
  const asking = setInterval(() => void ask(port, 'PING\r\n').catch(() => {}), 300);
  const [strace, tcpdump] = await Promise.all([traced, heard]).finally(() => clearInterval(asking));
  expect(strace.stderr).toMatch(/read\(\d+, "PING/);
  expect(tcpdump.stdout, tcpdump.stderr).toMatch(/\.6379/);
  expect(await ask(port, 'PING\r\n')).toBe('+PONG\r\n');
});

test('with -t they have a terminal of the size of ours', async () => {
  const pty = openPty({ rows: 33, columns: 101 });
  let shown = '';
  pty.stream.on('data', (bytes) => {
    shown += bytes;
  });
  pty.stream.on('error', () => {});
  const child = spawnOnTerminal(pty.path, {
    file: join(kitRoot, 'kit'),
    args: ['exec', '-t', machine.name, '--debug-image', 'pkg/debug-tools', 'redis'],
    env: { ...(process.env as Record<string, string>), TERM: 'xterm' },
    cwd: kitRoot,
  });
  const ended = once(child, 'exit');
  await machine.until(
    'a prompt',
    async () => shown,
    (text) => text.endsWith('# '),
  );
  pty.stream.write('stty size; echo $TERM; exit 5\r');
  expect(await ended, shown).toEqual([5, null]);
  expect(shown.replaceAll('\r', '')).toContain('33 101\nxterm\n');
});

/** Sends one line and resolves to the first answer. */
function ask(port: number, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(line));
    socket.once('error', reject);
    socket.once('data', (data) => {
      resolve(data.toString());
      socket.destroy();
    });
  });
}
