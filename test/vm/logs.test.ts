import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { needsContainers } from '../support/containers.ts';
import { boot, type TestMachine } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';

interface Line {
  readonly timeMs: number;
  readonly source: string;
  readonly stream: string;
  readonly message: string;
  readonly pid: number;
  readonly sequence: number;
  readonly missed: number;
}

const manifest = join(kitRoot, 'test/vm/logs.yml');
const floodLine =
  'a line of a hundred characters, of which there are as many as it takes ' +
  'to fill what is there to be filled\n';
const lineBytes = floodLine.length;

async function linesOf({ name }: TestMachine, ...args: readonly string[]): Promise<Line[]> {
  const { stdout, stderr } = await kit('logs', '--json', name, ...args);
  expect(stderr).toBe('');
  const texts = stdout.split('\n').filter((text) => text !== '');
  return texts.map((text) => JSON.parse(text));
}

const messages = (lines: readonly Line[]): string[] => lines.map(({ message }) => message);
const go = ({ name }: TestMachine, service: string, bytes = 1) =>
  kit('exec', name, service, '/usr/bin/sh', '-c', `echo ${bytes} >/go`);
const onHost = ({ name }: TestMachine, script: string) =>
  kit('exec', name, '--host', '/usr/bin/sh', '-c', script);

/** Checks that sequence numbers are consecutive. */
function inOrder(lines: readonly Line[]): void {
  const first = lines[0]?.sequence ?? 0;
  expect(lines.map(({ sequence }) => sequence)).toEqual(lines.map((_, index) => first + index));
}

/** Tests for both a container and a machine. `bytes` is the size of the flood. */
function everywhere(machine: () => TestMachine, bytes: number): void {
  const supervisorPid = async () =>
    (await onHost(machine(), 'grep -l kit/superviso[r] /proc/[0-9]*/cmdline')).stdout.split('/')[2] ?? '';
  /** Peak memory of the supervisor in bytes. */
  const peak = async () => {
    const { stdout } = await onHost(machine(), `grep VmHWM /proc/${await supervisorPid()}/status`);
    return Number(/(\d+) kB/.exec(stdout)?.[1]) * 1024;
  };

  test('selects lines of containers and init by name, content, time and number', async () => {
    await machine().until(
      'twenty ticks',
      () => linesOf(machine(), 'ticker', '--tail', '1'),
      (lines) => Number(lines[0]?.message.split(' ')[1]) >= 20,
    );
    const all = await linesOf(machine());
    expect(new Set(all.map(({ source }) => source))).toEqual(new Set(['hello', 'init', 'odd', 'ticker']));
    const { pid } = await machine().service('ticker');
    expect(await linesOf(machine(), 'hello')).toMatchObject([
      { stream: 'stdout', message: 'good morning', sequence: 1 },
    ]);
    const last = await linesOf(machine(), 'ticker', '--tail', '5');
    expect(last.map((line) => line.pid)).toEqual(Array(5).fill(pid));
    inOrder(last);
    const tens = await linesOf(machine(), '--grep', '^TICK \\d*0$', '-i', '--tail', '2');
    expect(tens).toHaveLength(2);
    for (const message of messages(tens)) expect(message).toMatch(/^tick \d*0$/);
    // Lines of one read have the same time, so others may come with the line whose time is given.
    const from = last[3]?.timeMs ?? 0;
    const since = await linesOf(machine(), 'ticker', '--since', new Date(from).toISOString());
    expect(messages(since)).toContain(last[3]?.message);
    expect(since.filter(({ timeMs }) => timeMs < from)).toEqual([]);
    const earlier = last.filter(({ timeMs }) => timeMs < from);
    for (const message of messages(earlier)) expect(messages(since)).not.toContain(message);
    const { status, stderr } = await kit('logs', machine().name, 'ticker', 'tickr');
    expect([status, stderr]).toEqual([
      1,
      `error: Cannot show the log of machine "${machine().name}": Unknown service "tickr": ` +
        'there are audit, containerd, flood, hello, init, kernel, long, odd, ticker\n',
    ]);
  });

  test('shows arbitrary bytes as text', async () => {
    expect(messages(await linesOf(machine(), 'odd'))).toEqual([
      '\ufffd\0\x1b[31mred\x1b[0m \x1b]0;title\x07',
    ]);
  });

  test('--follow shows each line once, also when the supervisor is killed', async () => {
    const followed = kit('logs', '-f', '--json', machine().name, 'ticker', '--grep', 'tick');
    await onHost(machine(), `kill -9 ${await supervisorPid()}`);
    await machine().until(
      'written on',
      () => linesOf(machine(), 'ticker', '--tail', '1').catch(() => []),
      (lines) => Number(lines[0]?.message.split(' ')[1]) > 150,
      { timeoutMs: 240_000 },
    );
    // It ends with the machine; its output is checked then.
    following.set(machine(), followed);
  });

  test(`a flood of ${bytes / 1e6} MB costs other services no line and the supervisor no memory`, async () => {
    const before = await peak();
    await go(machine(), 'flood', bytes);
    await machine().until(
      'through',
      () => linesOf(machine(), 'flood', '--tail', '1'),
      (lines) => lines[0]?.message.startsWith('done') === true,
      { timeoutMs: 240_000 },
    );
    expect((await peak()) - before).toBeLessThan(64 << 20);
    const kept = await linesOf(machine(), 'flood');
    inOrder(kept);
    expect(kept.at(-1)?.sequence).toBe(Math.ceil(bytes / lineBytes) + 1);
    inOrder(await linesOf(machine(), 'ticker'));
    const { stdout } = await onHost(machine(), 'du -sk /run/log');
    expect(Number(stdout.split('\t')[0])).toBeLessThan(16 << 10);
  });
}

const following = new Map<TestMachine, ReturnType<typeof kit>>();

/** Checks the output of `kit logs -f` after the machine has ended. */
async function seenToTheEnd(machine: TestMachine): Promise<void> {
  await machine.stop();
  const { stdout } = (await following.get(machine)) ?? { stdout: '' };
  const lines: Line[] = stdout
    .split('\n')
    .filter((text) => text.startsWith('{'))
    .map((text) => JSON.parse(text));
  expect(lines.length).toBeGreaterThan(150);
  expect(messages(lines)).toEqual(lines.map((_, index) => `tick ${index + 1}`));
}

describe('natively, in a container', { timeout: 300_000, ...needsContainers }, () => {
  let machine: TestMachine;
  beforeAll(async () => {
    machine = await boot(manifest, { backend: 'container' });
  }, 300_000);
  afterAll(() => machine?.[Symbol.asyncDispose]());

  everywhere(() => machine, 1_000_000_000);

  test('a line of 100 MB is cut', async () => {
    await go(machine, 'long');
    const lines = await machine.until(
      'written',
      () => linesOf(machine, 'long'),
      (all) => all.length === 2,
      { timeoutMs: 120_000 },
    );
    expect(lines.map(({ message }) => message.length)).toEqual([
      (16 << 10) + ' [cut]'.length,
      'after'.length,
    ]);
  });

  test("does not show the kernel's log, which is the host's", async () => {
    expect(messages(await linesOf(machine, 'kernel'))).toEqual([
      "cannot read the kernel's log: a container has no kernel log of its own",
    ]);
  });

  test('--follow has shown everything', () => seenToTheEnd(machine));
});

describe('in a machine', { timeout: 400_000 }, () => {
  let machine: TestMachine;
  beforeAll(async () => {
    machine = await boot(manifest);
  }, 400_000);
  afterAll(() => machine?.[Symbol.asyncDispose]());

  everywhere(() => machine, 10_000_000);

  test("the kernel's lines have level, sequence number and time", async () => {
    const lines = await linesOf(machine, 'kernel');
    inOrder(lines);
    expect(lines[0]).toMatchObject({ sequence: 1, message: expect.stringMatching(/^Linux version/) });
    expect(new Set(lines.map(({ stream }) => stream))).toContain('info');
    const bootMs = Date.now() - (await machine.status()).uptimeS * 1000;
    expect(Math.abs((lines[0]?.timeMs ?? 0) - bootMs)).toBeLessThan(60_000);
    await onHost(machine, "echo '<3>a word from us' >/dev/kmsg");
    const [line] = await machine.until(
      'in the log',
      () => linesOf(machine, 'kernel', '--tail', '1'),
      ([line]) => line?.message === 'a word from us',
    );
    expect(line?.stream).toBe('err');
  });

  test('counts lines that the kernel overwrote before they were read', async () => {
    const text = 'x'.repeat(900);
    // More than the ring buffer holds, while nothing reads it.
    await onHost(
      machine,
      `pid=$(grep -l kit/superviso[r] /proc/[0-9]*/cmdline | cut -d/ -f3); kill -STOP $pid; n=0
       while [ $n -lt 2500 ]; do n=$((n+1)); echo "$n ${text}" >/dev/kmsg; done
       echo the last >/dev/kmsg; kill -CONT $pid`,
    );
    const lines = await machine.until(
      'read',
      () => linesOf(machine, 'kernel').catch(() => []),
      (all) => all.at(-1)?.message === 'the last',
      { timeoutMs: 240_000 },
    );
    const gap = lines.find(({ sequence, missed }) => sequence === 0 && missed > 0);
    expect(gap?.message).toMatch(/^\d+ lines lost$/);
  });

  test('--follow has shown everything', () => seenToTheEnd(machine));
});
