import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { isAlive } from '../../build/machine/records/process.ts';
import { openPty, spawnOnTerminal } from '../../lib/linux/terminal/pty.ts';
import { freePort } from '../support/free-port.ts';
import { boot, scratch, type TestMachine } from '../support/machine.ts';
import { kit, type Result } from '../support/run-kit.ts';

/** One boot of examples/redis.yml, whose service has no shell. */
let machine: TestMachine;
let port: number;

beforeAll(async () => {
  port = await freePort();
  machine = await boot('examples/redis.yml', { publish: [`${port}:6379`] });
});
afterAll(() => machine?.[Symbol.asyncDispose]());

test('redis answers on the published port', async () => {
  expect(await ask(port, 'PING\r\n'), await machine.describe('redis')).toBe('+PONG\r\n');
  expect(await ask(port, 'SET name kit\r\n')).toBe('+OK\r\n');
  expect(await ask(port, 'GET name\r\n')).toBe('$3\r\nkit\r\n');
});

const tools = (...command: string[]): Promise<Result> =>
  kit('exec', machine.name, '--debug-image', 'pkg/debug-tools', 'redis', '--', ...command);

test('tools of a debug image see its processes, ports and files, and are copied once', async () => {
  expect((await kit('exec', machine.name, 'redis', 'sh')).status).toBe(1);
  const first = await tools('ps', '-o', 'pid=,comm=', '-p', '1');
  expect(first, await machine.describe(first.stderr)).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^ +1 redis-server\n$/),
  });
  const look =
    'ss -Htln; lsof -nP -p 1 -a -i TCP -s TCP:LISTEN -F n; ' +
    'ls /target/usr/bin; cat /target/proc/1/comm; exit 7';
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

test('with --host the tools see the whole machine', async () => {
  const args = ['--debug-image', 'pkg/debug-tools', '--host', '--', 'ps', '-eo', 'comm='];
  const { stdout, stderr } = await kit('exec', machine.name, ...args);
  expect(stdout.split('\n'), stderr).toEqual(expect.arrayContaining(['containerd', 'redis-server']));
});

test('strace attaches to it and tcpdump sees its packets while it answers', async () => {
  const traced = tools('timeout', '-s', 'INT', '5', 'strace', '-f', '-e', 'trace=read', '-p', '1');
  const captured = tools('timeout', '20', 'tcpdump', '-nn', '-c', '1', '-i', 'any', 'port', '6379');
  const asking = setInterval(() => void ask(port, 'PING\r\n').catch(() => {}), 300);
  const [strace, tcpdump] = await Promise.all([traced, captured]).finally(() => clearInterval(asking));
  expect(strace.stderr).toMatch(/read\(\d+, "PING/);
  expect(tcpdump.stdout, tcpdump.stderr).toMatch(/\.6379/);
  expect(await ask(port, 'PING\r\n')).toBe('+PONG\r\n');
});

test("with -t the tools have a terminal as large as the client's", async () => {
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

test('kit cp copies in both directions, and resource usage is reported', async () => {
  await using here = await scratch();
  const [file, back] = [join(here.dir, 'file'), join(here.dir, 'back')];
  await writeFile(file, 'x'.repeat(3_000_000), { mode: 0o640 });
  const into = await kit('cp', file, `${machine.name}:redis:/data/file`);
  expect(into.status, await machine.describe(into.stderr)).toBe(0);
  const out = await kit('cp', '--json', `${machine.name}:redis:/data/file`, back);
  expect(JSON.parse(out.stdout), out.stderr).toEqual({ files: 1, bytes: 3_000_000, skipped: 0 });
  expect((await readFile(back)).equals(await readFile(file))).toBe(true);
  const { stdout, stderr } = await kit('top', '--once', '--json', machine.name);
  const { services, ...usage } = JSON.parse(stdout);
  expect(usage, stderr).toMatchObject({ name: machine.name, reason: '', cpus: expect.any(Number) });
  expect(usage.cpuPercent).toBeGreaterThan(0);
  const redis = services.find(({ name }: { name: string }) => name === 'redis');
  expect(redis).toMatchObject({ state: 'ready' });
  // Its threads are included.
  expect(redis.processes).toBeGreaterThan(0);
  expect(redis.memoryBytes).toBeGreaterThan(1 << 20);
});

test('kit support writes an archive of a responsive machine and of one that hangs', async () => {
  await using here = await scratch();
  const support = async () => {
    const { stdout, stderr } = await kit(
      'support',
      '--json',
      '-o',
      join(here.dir, 'bug.tar.gz'),
      machine.name,
    );
    expect(stdout, await machine.describe(stderr)).not.toBe('');
    const { files, missing } = JSON.parse(stdout);
    return { missing, names: files.map(({ name }: { name: string }) => name) };
  };
  const answering = await support();
  expect(answering.missing).toEqual([]);
  expect(answering.names).toEqual(
    expect.arrayContaining([
      'guest/logs/kernel.log',
      'guest/logs/redis.log',
      'guest/report/cgroups/redis.txt',
    ]),
  );
  const { guest } = JSON.parse(await readFile(join(machine.dir, 'machine.json'), 'utf8'));
  process.kill(guest.pid, 'SIGSTOP');
  const hanging = await support().finally(() => process.kill(guest.pid, 'SIGCONT'));
  expect(hanging.missing[0]).toMatchObject({ name: 'guest/status.json' });
  expect(hanging.names).toEqual(
    expect.arrayContaining(['host/console.log', 'host/kit.json', 'host/machine.json']),
  );
});

test('kit reboot returns when the new boot is ready, kit shutdown when the machine is off', async () => {
  const { stdout, stderr } = await kit('reboot', '--wait', 'ready', '--json', machine.name);
  expect(JSON.parse(stdout)[0], await machine.describe(stderr)).toMatchObject({ ready: true });
  expect(await ask(port, 'PING\r\n'), await machine.describe('redis')).toBe('+PONG\r\n');
  const down = await kit('shutdown', '--json', machine.name);
  const off = [{ name: machine.name, state: 'stopped', reason: 'powered off' }];
  expect(JSON.parse(down.stdout), down.stderr).toEqual(off);
  const { guest, owner } = JSON.parse(await readFile(join(machine.dir, 'machine.json'), 'utf8'));
  expect([guest, isAlive(owner)]).toEqual([null, false]);
});

/** Sends a line and resolves to the first reply. */
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
