import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeLogServer } from '../../lib/control/testing.ts';
import { testSocket } from '../../test/support/needs.ts';
import { sendLogs } from './send-logs.ts';
import { readSettings } from './settings.ts';
import { FrameReader, parseMessage } from './testing.ts';

/** Servers that misbehave; test/syslog has a real one. */
let folder: string;
let log: FakeLogServer;
let server: Server;
let connections: Socket[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kit-syslog-'));
  log = new FakeLogServer(testSocket(folder, 'socket'));
  await log.start();
  connections = [];
  server = createServer({ pauseOnConnect: true }, (socket) => {
    socket.on('error', () => {});
    connections.push(socket);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(() => {
  for (const socket of connections) socket.destroy();
  server.close();
  log.kill();
  rmSync(folder, { recursive: true });
});

/** Shorter than in a machine. */
const times = { group: 20, first: 20, settle: 20, silence: 500 };

function start(other: Partial<typeof times> = {}) {
  const abort = new AbortController();
  const logged: string[] = [];
  const { port } = server.address() as AddressInfo;
  const args = [
    '--server',
    `tcp://127.0.0.1:${port}`,
    '--socket',
    testSocket(folder, 'socket'),
    '--state-dir',
    folder,
  ];
  const settings = readSettings([...args, '--config-dir', folder], {});
  const options = { signal: abort.signal, say: (line: string) => logged.push(line), retryMs: 20 };
  const ended = sendLogs(settings, { ...options, times: { ...times, ...other } });
  const end = (): Promise<void> => {
    abort.abort();
    return ended;
  };
  return { logged, end, [Symbol.asyncDispose]: end };
}

/** Collects the texts received over a connection from now on. */
function read(socket: Socket | undefined): string[] {
  const texts: string[] = [];
  const frames = new FrameReader();
  socket?.on('data', (chunk: Buffer) => {
    for (const message of frames.push(chunk)) texts.push(parseMessage(message).text);
  });
  socket?.resume();
  return texts;
}

const connected = (count: number): Promise<void> =>
  vi.waitFor(() => expect(connections.length).toBe(count), { timeout: 90_000 });

test('stops reading the log while a server does not read, and sends everything later', async () => {
  await using _run = start({ silence: 60_000 });
  await connected(1);
  const messages = Array.from({ length: 2000 }, (_, n) => `${n} ${'x'.repeat(8000)}`);
  for (const message of messages) log.say('web', message);
  const before = connections[0]?.bytesRead;
  // The buffers up to the server are full: the rest stays in the supervisor's log.
  await vi.waitFor(() => expect(log.waiting).toBeGreaterThan(100), { timeout: 90_000 });
  expect(before).toBe(0);
  const texts = read(connections[0]);
  await vi.waitFor(() => expect(texts.length).toBe(2000), { timeout: 90_000, interval: 100 });
  expect(texts).toEqual(messages);
});

test('reconnects when nothing is acknowledged, and sends unacknowledged lines again', async () => {
  // What is acknowledged before the buffers are full must not count as sent, however slowly they fill.
  await using run = start({ settle: 60_000 });
  await connected(1);
  // The server's kernel acknowledges until its buffers are full, then nothing more.
  for (let n = 0; n < 2000; n += 1) log.say('web', `${n} ${'x'.repeat(8000)}`);
  await connected(2);
  // `Sending logs` may come first, since its kernel acknowledged something.
  const failure = run.logged.find((line) => line.startsWith('Cannot'));
  expect(failure).toMatch(/^Cannot send logs to tcp:.*: it acknowledges nothing; trying again$/);
  const texts = read(connections[1]);
  await vi.waitFor(() => expect(texts.at(-1)).toMatch(/^1999 /), { timeout: 90_000, interval: 100 });
  expect(texts.map((text) => Number(text.split(' ')[0]))).toEqual(Array.from({ length: 2000 }, (_, n) => n));
});

test('retries a server that closes each connection, reports it once, and loses nothing', async () => {
  server.on('connection', (socket) => {
    if (connections.length < 4) socket.destroy();
  });
  log.say('web', 'one');
  await using run = start({ first: 500 });
  await connected(4);
  const texts = read(connections[3]);
  await vi.waitFor(() => expect(texts).toEqual(['one']), { timeout: 90_000 });
  const patterns = [/: the server closed the connection; trying again$/, /^Sending logs to tcp:/];
  const expected = patterns.map((text) => expect.stringMatching(text));
  await vi.waitFor(() => expect(run.logged).toEqual(expected), { timeout: 90_000 });
});

test('sends again what the kernel of a server acknowledged, and its program did not read', async () => {
  log.say('web', 'one');
  await using run = start({ settle: 60_000 });
  await connected(1);
  // Acknowledged, although nothing reads it.
  await vi.waitFor(() => expect(run.logged.at(-1)).toMatch(/^Sending logs/), { timeout: 90_000 });
  connections[0]?.resetAndDestroy();
  await connected(2);
  const texts = read(connections[1]);
  log.say('web', 'two');
  await vi.waitFor(() => expect(texts).toEqual(['one', 'two']), { timeout: 90_000 });
});

test('a run continues after the last acknowledged line, and waits for a killed supervisor', async () => {
  log.say('web', 'one');
  {
    await using run = start();
    await connected(1);
    const texts = read(connections[0]);
    await vi.waitFor(() => expect(texts).toEqual(['one']), { timeout: 90_000 });
    await vi.waitFor(() => expect(run.logged.length).toBe(1), { timeout: 90_000 });
  }
  log.say('web', 'two');
  await using _run = start();
  await connected(2);
  const texts = read(connections[1]);
  await vi.waitFor(() => expect(texts).toEqual(['two']), { timeout: 90_000 });
  log.kill();
  log.say('web', 'three');
  await log.start();
  await vi.waitFor(() => expect(texts).toEqual(['two', 'three']), { timeout: 90_000 });
});

test.each([
  ['tcp://127.0.0.1:1', 'connection refused'],
  ['tcp://localhost:1', 'connection refused'],
  ['tls://there.is.no.such.host.invalid', 'its name cannot be resolved'],
])('logs in plain words why %s cannot be reached', async (name, reason) => {
  const abort = new AbortController();
  const logged: string[] = [];
  const settings = readSettings(['--server', name, '--config-dir', folder, '--state-dir', folder], {});
  const ended = sendLogs(settings, { signal: abort.signal, say: (line) => logged.push(line), retryMs: 20 });
  await vi.waitFor(() => expect(logged.length).toBe(1), { timeout: 90_000 });
  expect(logged[0]).toBe(`Cannot send logs to ${settings.server.name}: ${reason}; trying again`);
  abort.abort();
  await ended;
});
