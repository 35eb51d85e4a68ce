import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClientReadableStream, credentials, type ServiceError, status } from '@grpc/grpc-js';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { ControlClient, type LogLines } from '../../lib/control/generated/control.ts';
import { LogFolder } from '../../lib/log/folder.ts';
import { LogWriter } from '../../lib/log/writer.ts';
import { connectionServer } from '../../services/supervisor/access/connection-server.ts';
import { handshakeLimits } from '../../services/supervisor/access/handshake-pool.ts';
import { accessLimits } from '../../services/supervisor/access/limits.ts';
import { testSettings } from '../../services/supervisor/access/testing/settings.ts';
import { serveOnUnixSocket } from '../../services/supervisor/access/unix-socket.ts';
import { logsCall } from '../../services/supervisor/logs/logs-call.ts';
import { testSocket } from '../support/needs.ts';
import { echoControl } from './echo-control.ts';
import { call, data, frame, message, preface, types } from './frames.ts';
import { TestTransports } from './transports.ts';

/** Only a limit: nothing here measures time. */
const soon = { timeout: 90_000 };
const dir = mkdtempSync(join(tmpdir(), 'kit-crowds-'));
const logs = new LogFolder(join(dir, 'log'));
let readSocket: string;
let debugSocket: string;
let lines: string[];
let trail: string[];
let descriptorsUsed = 0;
let transports: TestTransports;
/** Closed after each test. */
const open: { close(): void }[] = [];

beforeAll(async () => {
  transports = await TestTransports.make();
  for (const source of ['web', 'db']) new LogWriter(logs, source).write('stdout', ['started']);
}, 300_000);
afterAll(() => {
  transports[Symbol.dispose]();
  rmSync(dir, { recursive: true });
});

/** Sockets with counts of their own for each test. */
let machines = 0;
beforeEach(async () => {
  machines += 1;
  [lines, trail, descriptorsUsed] = [[], [], 0];
  [readSocket, debugSocket] = ['read', 'debug'].map((name) => testSocket(dir, `${name}${machines}.sock`)) as [
    string,
    string,
  ];
  const control = { ...echoControl({ logs: 0, tunnels: 0 }), logs: logsCall(logs.path, () => []) };
  const settings = testSettings(control, { lines, trail, descriptorsUsed: () => descriptorsUsed });
  const accept = connectionServer(settings);
  const listener = { mode: 0o666, serviceOf: () => undefined };
  await serveOnUnixSocket(accept, { ...listener, path: readSocket, role: 'read' });
  await serveOnUnixSocket(accept, { ...listener, path: debugSocket, role: 'debug' });
});
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

/** A client with a connection of its own: grpc-js shares those of equal options. */
let nextClient = 0;
function client(socket: string): ControlClient {
  nextClient += 1;
  const one = new ControlClient(`unix:${socket}`, credentials.createInsecure(), {
    'grpc.primary_user_agent': String(nextClient),
  });
  open.push(one);
  return one;
}

/** The answer to one Status call: `OK`, or the error's code and sentence. */
const outcome = (socket: string, by = client(socket)): Promise<string> =>
  new Promise((resolve) =>
    by.status({ filesystems: false }, (error) => resolve(error ? failure(error) : 'OK')),
  );

const failure = ({ code, details }: ServiceError): string => `${status[code]} ${details}`;

function follow(by: ControlClient): ClientReadableStream<LogLines> {
  const request = { services: [], follow: true, tail: 0, all: true, sinceMs: 0n, logId: '', after: [] };
  const call = by.logs(request);
  open.push({ close: () => call.cancel() });
  return call.on('error', () => {}).resume();
}

const descriptors = (): number => readdirSync('/proc/self/fd').length;

/** TCP connections that send nothing, and are made again when they are closed. */
function silentPeers(count: number, port: number, address: (at: number) => string): void {
  const sockets = new Set<Socket>();
  let isOver = false;
  const peer = (at: number): void => {
    if (isOver) return;
    const socket = connect({ port, host: '127.0.0.1', localAddress: address(at) });
    sockets.add(socket);
    socket.on('error', () => {}).resume();
    socket.once('close', () => {
      sockets.delete(socket);
      setTimeout(() => peer(at), 500);
    });
  };
  for (let at = 0; at < count; at += 1) peer(at);
  open.push({
    close() {
      isOver = true;
      for (const socket of sockets) socket.destroy();
    },
  });
}

test.each([
  ['one address', () => '127.0.0.1'],
  ['three hundred addresses', (at: number) => `127.0.${1 + (at >> 7)}.${1 + (at & 127)}`],
])(
  'silent TCP peers of %s do not keep a client with a certificate out',
  async (_what, address) => {
    silentPeers(300, transports.tlsPort, address);
    const waiting = () => transports.lines.filter((line) => /handshakes .*are not finished/.test(line));
    await vi.waitFor(() => expect(waiting().length).toBeGreaterThan(0), soon);
    // Sooner than the time limit of a handshake, after which silent peers make room anyway.
    const good = transports.all.find(({ name }) => name === 'TLS');
    const socket = await vi
      .waitFor(() => good?.connect(), { timeout: handshakeLimits.ms * 0.8 })
      .catch((cause) => {
        throw new Error('a client with a certificate is kept out', { cause });
      });
    expect(socket?.destroyed).toBe(false);
    socket?.destroy();
  },
  60_000,
);

test('a reader that opens four thousand followed logs has a few, and others are served', async () => {
  const before = descriptors();
  const failures: string[] = [];
  let opened = 0;
  for (let connection = 0; connection < 200; connection += 1) {
    const by = client(readSocket);
    for (let n = 0; n < 20; n += 1) {
      follow(by)
        .once('data', () => {
          opened += 1;
        })
        .once('error', (error: ServiceError) => failures.push(failure(error)));
    }
  }
  const { connections, streams } = accessLimits.read.peer;
  await vi.waitFor(() => expect(opened + failures.length).toBeGreaterThan(300), soon);
  expect(opened).toBeLessThanOrEqual(streams);
  // Each followed log holds a file of each of the two sources.
  expect(descriptors() - before).toBeLessThan(2 * 200 + connections + 3 * streams + 50);
  expect(
    failures.filter((one) => /^RESOURCE_EXHAUSTED Cannot call Logs: .*limit; close some/.test(one)),
  ).not.toEqual([]);
  expect(await outcome(debugSocket)).toBe('OK');
  const debugging = follow(client(debugSocket));
  await once(debugging, 'data');
  expect(trail.some((line) => line.startsWith('control: logs refused '))).toBe(true);
}, 60_000);

test('a reader with too many connections is told so, and another role is served', async () => {
  const { connections } = accessLimits.read.peer;
  const own = Array.from({ length: connections }, () => client(readSocket));
  for (const one of own) expect(await outcome(readSocket, one)).toBe('OK');
  expect(await outcome(readSocket)).toBe(
    `RESOURCE_EXHAUSTED Cannot call Status: this client has ${connections} connections open, which is its ` +
      'limit; close some of them',
  );
  expect(await outcome(debugSocket)).toBe('OK');
  expect(lines.at(-1)).toMatch(/^control: a client of .*read\d+\.sock \(user \d+\) was /);
  own[0]?.close();
  await vi.waitFor(async () => expect(await outcome(readSocket)).toBe('OK'), soon);
});

test('calls whose answers a reader does not take count as open, and no memory is spent on more of them', async () => {
  const { calls, connections } = accessLimits.read.peer;
  // SETTINGS_INITIAL_WINDOW_SIZE (4) of 0: the machine may send headers, and no byte of an answer.
  const noWindow = frame(types.settings, 0, 0, Buffer.from('000400000000', 'hex'));
  for (let at = 0; at < connections - 2; at += 1) {
    const socket = connect(readSocket);
    open.push({ close: () => void socket.destroy() });
    socket.on('error', () => {}).resume();
    const asked = Array.from({ length: 10 }, (_, n) =>
      Buffer.concat([call(2 * n + 1, 'Status'), data(2 * n + 1, message(Buffer.alloc(0)))]),
    );
    socket.write(Buffer.concat([preface, noWindow, ...asked]));
  }
  await vi.waitFor(
    async () =>
      expect(await outcome(readSocket)).toBe(
        `RESOURCE_EXHAUSTED Cannot call Status: this client has ${calls} calls open, which is its limit; ` +
          'close some of them',
      ),
    soon,
  );
  expect(await outcome(debugSocket)).toBe('OK');
});

test('the last descriptors are for higher roles', async () => {
  const [reader, debugging] = [client(readSocket), client(debugSocket)];
  expect(await outcome(readSocket, reader)).toBe('OK');
  expect(await outcome(debugSocket, debugging)).toBe('OK');
  descriptorsUsed = 0.6;
  expect(await outcome(readSocket, reader)).toBe(
    'RESOURCE_EXHAUSTED Cannot call Status: the supervisor has 600 files and connections open, and role read ' +
      'may not add to more than 500; try again later',
  );
  expect(await outcome(debugSocket, debugging)).toBe('OK');
  descriptorsUsed = 0.95;
  expect(await outcome(debugSocket, debugging)).toMatch(/^RESOURCE_EXHAUSTED .*role debug/);
});

test('a reader that calls without pause is slowed down', async () => {
  const reader = client(readSocket);
  const answers: string[] = [];
  for (let n = 0; n < 150; n += 1) answers.push(await outcome(readSocket, reader));
  expect(answers[0]).toBe('OK');
  expect(answers).toContainEqual(
    expect.stringMatching(/^RESOURCE_EXHAUSTED .* calls a second; try again later$/),
  );
  expect(await outcome(debugSocket)).toBe('OK');
});
