import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { socketPath } from '../../build/machine/records/folder.ts';
import { qemuFiles } from '../../build/qemu/files.ts';
import { boot, shell, type TestMachine } from '../support/machine.ts';
import { until } from '../support/until.ts';

/** One boot: QEMU's end of the agent's port, vsock over the machine's loopback, and memlogd's socket. */
let machine: TestMachine;
let agent: Agent;
beforeAll(async () => {
  machine = await boot('test/vm/agents.yml', { disks: ['size=64M,format=raw'], timeoutMs: 900_000 });
  agent = new Agent(machine.dir);
});
afterAll(async () => {
  agent?.close();
  await machine?.[Symbol.asyncDispose]();
});

/** The host of a guest agent, at the socket of a real QEMU. */
class Agent {
  readonly #socket: Socket;
  readonly #close: () => void;
  #received = '';

  constructor(dir: string) {
    const { path, close } = socketPath(dir, qemuFiles.agent);
    this.#close = close;
    this.#socket = connect(path).setEncoding('latin1');
    this.#socket
      .on('error', () => {})
      .on('data', (text) => {
        this.#received += text;
      });
  }

  send(text: string): void {
    this.#socket.write(Buffer.from(text, 'latin1'));
  }

  /** The next answer. */
  async line(): Promise<string> {
    await until('an answer of the guest agent', () => this.#received.includes('\n'));
    const end = this.#received.indexOf('\n');
    const line = this.#received.slice(0, end);
    this.#received = this.#received.slice(end + 1);
    return line;
  }

  async ask(execute: string, given: object = {}): Promise<Reply> {
    this.send(`${JSON.stringify({ execute, arguments: given })}\n`);
    return JSON.parse(await this.line());
  }

  close(): void {
    this.#socket.destroy();
    this.#close();
  }
}

interface Reply {
  readonly return?: unknown;
  readonly error?: { readonly class: string; readonly desc: string };
}

test('the guest agent finds its place again after half a message, and answers what it is asked', async () => {
  agent.send('{"execute":"guest-ping","argu');
  agent.send('\xff{"execute":"guest-sync-delimited","arguments":{"id":4711}}\n');
  expect(await agent.line()).toBe('\xff{"return":4711}');
  expect(await agent.ask('guest-ping')).toEqual({ return: {} });
  const hostname = (await shell(machine, 'hostname')).trim();
  expect(await agent.ask('guest-get-host-name')).toEqual({ return: { 'host-name': hostname } });
  const kernel = (await shell(machine, 'uname -r')).trim();
  expect(await agent.ask('guest-get-osinfo')).toMatchObject({ return: { 'kernel-release': kernel } });
  const loopback = { 'ip-address': '127.0.0.1', 'ip-address-type': 'ipv4', prefix: 8 };
  expect(await agent.ask('guest-network-get-interfaces')).toEqual({
    return: expect.arrayContaining([
      expect.objectContaining({ name: 'lo', 'ip-addresses': expect.arrayContaining([loopback]) }),
    ]),
  });
  expect(await agent.ask('guest-get-fsinfo')).toMatchObject({
    return: [{ mountpoint: '/var/data', type: 'ext4', name: expect.stringMatching(/^vd/) }],
  });
});

test('it refuses to run programs, and says why', async () => {
  const { error } = await agent.ask('guest-exec', { path: '/bin/sh', arg: ['-c', 'reboot'] });
  expect(error).toEqual({
    class: 'CommandNotFound',
    desc: 'Command guest-exec has been disabled: this agent starts no programs: use kit exec, or ssh',
  });
});

/** The last of the steps that the tester has written to the disk so far; it writes two a second. */
const steps = async (): Promise<number> => Number(await shell(machine, 'tail -n 1 /var/data/steps'));
const writesOn = (after: number): Promise<void> => until('another step', async () => (await steps()) > after);

test('a write to a frozen disk waits until it is thawed', async () => {
  await writesOn(0);
  expect(await agent.ask('guest-fsfreeze-freeze')).toEqual({ return: 1 });
  const before = await steps();
  expect(await agent.ask('guest-fsfreeze-status')).toEqual({ return: 'frozen' });
  expect((await agent.ask('guest-shutdown')).error?.desc).toContain('the agent is in frozen state');
  await pause(2000);
  expect(await steps()).toBe(before);
  expect(await agent.ask('guest-fsfreeze-thaw')).toEqual({ return: 1 });
  expect(await agent.ask('guest-fsfreeze-status')).toEqual({ return: 'thawed' });
  await writesOn(before);
});

test('what the host leaves frozen is thawed after the limit, and the host is told', async () => {
  expect(await agent.ask('guest-fsfreeze-freeze')).toEqual({ return: 1 });
  await writesOn(await steps());
  expect((await agent.ask('guest-fsfreeze-thaw')).error?.desc).toContain('20 s after the freeze');
  expect(await agent.ask('guest-fstrim')).toMatchObject({
    return: { paths: [{ path: '/var/data', trimmed: expect.any(Number) }] },
  });
});

test('a service that was killed while disks were frozen thaws them when it starts again', async () => {
  expect(await agent.ask('guest-fsfreeze-freeze')).toEqual({ return: 1 });
  const before = await steps();
  const { pid } = await machine.service('qemu-ga');
  expect(await shell(machine, `kill -9 ${pid}`)).toBe('');
  await machine.logs.waitFor('"/var/data" was frozen: thawed', { service: 'qemu-ga' });
  await writesOn(before);
  expect(await agent.ask('guest-fsfreeze-status')).toEqual({ return: 'thawed' });
});

test('the clock is set by the host', async () => {
  const before = await agent.ask('guest-get-time');
  const hour = 3_600_000_000_000;
  expect(await agent.ask('guest-set-time', { time: Number(before.return) - hour })).toEqual({ return: {} });
  const after = await agent.ask('guest-get-time');
  expect(Number(after.return)).toBeLessThan(Number(before.return) - hour / 2);
  expect(await agent.ask('guest-set-time', { time: Date.now() * 1e6 })).toEqual({ return: {} });
});

/** What the tester of the machine prints about a socket. */
async function tester(...words: readonly (string | number)[]): Promise<string> {
  const args = ['--disable-warning=ExperimentalWarning', '/service/main.mjs', ...words.map(String)];
  const { stdout, stderr } = await machine.exec('/usr/bin/node', args, { service: 'tester' });
  return stdout || stderr;
}

const knock = (port: number, megabytes = 0): Promise<string> => tester('vsock', port, megabytes);

test('vsudd carries four megabytes there and back, and either end on its own', async () => {
  expect(JSON.parse(await knock(5000, 4))).toEqual({ bytes: (4 << 20) + 32, isSame: true });
});

test('vsudd closes connections to a socket that nobody serves', async () => {
  expect(await knock(5001)).toMatch(/"bytes":0|ECONNRESET/);
  await machine.logs.waitFor('Cannot connect to "/run/tester/none.sock"', { service: 'vsudd' });
});

test('vsudd leads to containerd, as examples/vsudd-containerd.yml has it', async () => {
  expect(JSON.parse(await tester('http2', 2374))).toEqual({ bytes: 9, type: 4 });
});

test('host-timesync-daemon sets the clock when somebody connects', async () => {
  await shell(machine, 'date -s 2031-01-01');
  await knock(0xf3a4);
  const seconds = Number(await shell(machine, 'date +%s'));
  expect(Math.abs(seconds - Date.now() / 1000)).toBeLessThan(5);
  await machine.logs.waitFor('ahead: set it', { service: 'host-timesync-daemon' });
});

test('memlogd answers in the way of LinuxKit', async () => {
  // As LinuxKit's logread: a byte, and lines of JSON.
  const ask = async (byte: number, most: number): Promise<Entry[]> =>
    (await tester('memlogd', byte, most))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  const kept = await ask(0, 1e6);
  expect(kept.filter(({ source }) => source === 'tester.out' || source === 'tester').length).toBeGreaterThan(
    3,
  );
  expect(kept.every(({ time }) => new Date(time).toISOString() === time)).toBe(true);
  const [next] = await ask(1, 1);
  expect(kept).not.toContainEqual(next);
  const look = ['sh', ['-c', 'test -S /var/run/memlogdq.sock && echo there']] as const;
  expect((await machine.exec(...look, { service: 'reader' })).stdout).toBe('there\n');
});

interface Entry {
  readonly time: string;
  readonly source: string;
  readonly msg: string;
}

test('a shutdown of the guest agent is an orderly one', async () => {
  agent.send('{"execute":"guest-shutdown","arguments":{"mode":"powerdown"}}\n');
  const end = await machine.until(
    'the end of the machine',
    () => machine.status(),
    ({ state }) => state === 'stopped',
  );
  expect(end.reason, await machine.describe('the end')).toBe('powered off');
});
