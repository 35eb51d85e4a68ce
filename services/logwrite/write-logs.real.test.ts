import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeLogServer } from '../../lib/control/testing.ts';
import { testSocket } from '../../test/support/needs.ts';
import { type LogDisk, realDisk } from './disk.ts';
import { writeLogs } from './write-logs.ts';

let folder: string;
let log: FakeLogServer;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kit-logwrite-'));
  mkdirSync(join(folder, 'log'));
  log = new FakeLogServer(testSocket(folder, 'socket'));
  await log.start();
});
afterEach(() => {
  log.kill();
  rmSync(folder, { recursive: true });
});

/** A run of the program and its own log lines. */
function start(disk: LogDisk = realDisk) {
  const abort = new AbortController();
  const logged: string[] = [];
  const settings = {
    socket: testSocket(folder, 'socket'),
    logDir: join(folder, 'log'),
    stateDir: join(folder, 'state'),
    limits: { size: 1 << 20, files: 3 },
  };
  const ended = writeLogs(settings, {
    signal: abort.signal,
    say: (line) => logged.push(line),
    disk,
    retryMs: 20,
  });
  const end = (): Promise<void> => {
    abort.abort();
    return ended;
  };
  return { logged, end, [Symbol.asyncDispose]: end };
}

/** Long, for busy hosts. */
const soon = { timeout: 90_000 };

const messages = (source: string): string[] =>
  readFileSync(join(folder, `log/${source}.log`), 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split(' ').slice(2).join(' '));

const holds = (source: string, expected: readonly string[]): Promise<void> =>
  vi.waitFor(() => expect(messages(source)).toEqual(expected), soon);

test('writes a file per source; a run resumes where the last one stopped', async () => {
  log.say('web', 'one');
  {
    await using _run = start();
    log.say('../db', 'hello', { stream: 'stderr' });
    await holds('%2E.%2Fdb', ['hello']);
    await holds('web', ['one']);
  }
  log.say('web', 'two');
  log.say('web', 'five', { missed: 2n });
  await using _run = start();
  await holds('web', ['one', 'two', '2 lines lost', 'five']);
  expect(messages('%2E.%2Fdb')).toEqual(['hello']);
});

test('waits for a killed supervisor, and writes every line once', async () => {
  await using run = start();
  log.say('web', 'one');
  await holds('web', ['one']);
  log.kill();
  log.say('web', 'two');
  await vi.waitFor(() => expect(run.logged.length).toBe(1), soon);
  await log.start();
  log.say('web', 'three');
  await holds('web', ['one', 'two', 'three']);
  expect(run.logged).toEqual([
    expect.stringMatching(/^Cannot follow the log: .*; trying again$/),
    'The supervisor answers again',
  ]);
});

test('reports a full disk once and keeps lines until there is room', async () => {
  let full = true;
  let refused = 0;
  const writeSync = ((fd: number, bytes: Buffer) => {
    if (!full) return realDisk.writeSync(fd, bytes);
    refused += 1;
    throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', errno: -28 });
  }) as LogDisk['writeSync'];
  await using run = start({ ...realDisk, writeSync });
  for (const message of ['one', 'two', 'three']) log.say('web', message);
  await vi.waitFor(() => expect(refused).toBeGreaterThan(3), soon);
  expect(messages('web')).toEqual([]);
  full = false;
  await holds('web', ['one', 'two', 'three']);
  expect(run.logged).toEqual([
    `Cannot write to "${join(folder, 'log')}": no space left on device; lines wait until it can be written`,
    `Writing to "${join(folder, 'log')}" again`,
  ]);
});
