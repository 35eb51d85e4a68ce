import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type ClientHttp2Session, type Http2Server, connect as http2Connect } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { status as codes } from '@grpc/grpc-js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keptLogs } from '../../lib/control/logs-request.ts';
import { testSocket } from '../../test/support/needs.ts';
import { MachineClient, monitorMethods } from '../machine/client/client.ts';
import { grpcReason, isUnavailable } from '../machine/client/grpc-errors.ts';
import { machineFiles } from '../machine/records/folder.ts';
import { FakeGuest } from '../machine/testing/fake-guest.ts';
import { controlProxy, type ProxyTarget } from './control-proxy.ts';
import { GuestLink, type LinkTimes } from './guest-link.ts';

const times: LinkTimes = {
  patienceMs: 100,
  maxPatienceMs: 400,
  pauseMs: 20,
  pingMs: 50,
  silenceMs: 1500,
  nextMs: 500,
};

/** Long, for busy hosts; the events themselves take milliseconds. */
const soon = { timeout: 90_000 };
let dir: string;
let guest: FakeGuest;
let link: GuestLink;
let proxy: Http2Server;
let pressed = 0;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kit-proxy-'));
  guest = await FakeGuest.listen(testSocket(dir, 'port.sock'));
  link = linkWith({});
  // Of the link that a test may have replaced.
  const target: ProxyTarget = {
    get session() {
      return link.session;
    },
    get trouble() {
      return link.trouble;
    },
    awaitSession: () => link.awaitSession(),
  };
  proxy = controlProxy(target, {
    [monitorMethods.powerButton]: async () => {
      pressed += 1;
    },
    [monitorMethods.quit]: () => Promise.reject(new Error('it is stuck')),
  });
  await new Promise<void>((resolve) => proxy.listen(testSocket(dir, machineFiles.control), resolve));
});

afterEach(async () => {
  link.close();
  proxy.close();
  await guest[Symbol.asyncDispose]();
  await rm(dir, { recursive: true });
});

const linkWith = (part: Partial<LinkTimes>): GuestLink =>
  new GuestLink(() => connect(guest.path), { ...times, ...part });

async function up(): Promise<void> {
  const session = once(link, 'session');
  void link.run();
  await session;
}

/** Reads a log stream to its end; returns the number of lines. */
async function drain(client: MachineClient, tail: number): Promise<number> {
  let lines = 0;
  for await (const _ of client.logs({ ...keptLogs, tail })) lines += 1;
  return lines;
}

test('carries calls, streams and errors of many clients at once', async () => {
  guest.reply = { ...guest.reply, hostname: 't1', uptimeS: 12.5 };
  await up();
  const clients = Array.from({ length: 12 }, () => new MachineClient(dir));
  const answers = await Promise.all(
    clients.map(async (client, index) => {
      const [status, lines] = await Promise.all([client.status(), drain(client, 100 * index)]);
      const error = await client.service('stopService', `s${index}`).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: codes.NOT_FOUND });
      expect(grpcReason(error)).toBe(`there is no service "s${index}"`);
      return [status.hostname, lines];
    }),
  );
  expect(answers).toEqual(clients.map((_, index) => ['t1', 100 * index]));
  expect(guest.connections).toBe(1);
  for (const client of clients) client[Symbol.dispose]();
});

test('a slow reader gets backpressure, and does not slow down others', async () => {
  await up();
  using slow = new MachineClient(dir);
  using quick = new MachineClient(dir);
  const stream = slow.logs({ ...keptLogs, tail: 20_000 });
  await once(stream, 'readable');
  expect((await quick.status()).hostname).toBe('');
  let lines = 0;
  for await (const _ of stream) lines += 1;
  expect(lines).toBe(20_000);
});

test('a client that cancels or disconnects ends its stream in the guest', async () => {
  await up();
  const client = new MachineClient(dir);
  const stream = client.logs({ ...keptLogs, follow: true, tail: 1 });
  stream.on('error', () => {});
  await once(stream, 'data');
  stream.cancel();
  await expect.poll(() => guest.cancelled, soon).toBe(1);
  const other = client.logs({ ...keptLogs, follow: true, tail: 1 });
  other.on('error', () => {});
  await once(other, 'data');
  client[Symbol.dispose]();
  other.cancel();
  await expect.poll(() => guest.cancelled, soon).toBe(2);
});

test('a guest that disconnects ends the stream with UNAVAILABLE, and is connected again', async () => {
  await up();
  using client = new MachineClient(dir);
  const stream = client.logs({ ...keptLogs, follow: true, tail: 1 });
  await once(stream, 'data');
  const again = once(link, 'session');
  guest.disconnect();
  const [error] = await once(stream, 'error');
  expect(isUnavailable(error)).toBe(true);
  expect(grpcReason(error)).toBe('the guest went away in the middle of the answer');
  await again;
  expect(await drain(client, 3)).toBe(3);
});

test('a call between two sessions waits for the next one', async () => {
  link = linkWith({ nextMs: 60_000 });
  await up();
  using client = new MachineClient(dir);
  guest.accept = () => {};
  guest.disconnect();
  await expect.poll(() => link.session, soon).toBeUndefined();
  const lines = drain(client, 3);
  await pause(100);
  guest.accept = (socket) => guest.serve(socket);
  expect(await lines).toBe(3);
});

test('a call waits for the next session only for a while', async () => {
  await up();
  using client = new MachineClient(dir);
  guest.accept = () => {};
  guest.disconnect();
  await expect.poll(() => link.session, soon).toBeUndefined();
  const error = await client.status(60_000).catch((thrown: unknown) => thrown);
  expect(isUnavailable(error)).toBe(true);
  expect(grpcReason(error)).toBe('the guest does not answer');
});

test.each([
  ['before its handshake', (lost: Socket) => once(lost, 'data')],
  ['within a session', (lost: Socket) => once(startSession(lost), 'localSettings')],
])('a busy guest that did not notice a connection closed %s begins a new session', async (_when, begin) => {
  guest.accept = guest.busyPort();
  const lost = connect(guest.path);
  await begin(lost);
  lost.destroy();
  link = linkWith({ patienceMs: 60_000, nextMs: 60_000 });
  await up();
  expect(guest.connections).toBe(2);
});

const startSession = (socket: Socket): ClientHttp2Session =>
  http2Connect('http://guest', { createConnection: () => socket }).on('error', () => {});

test('without a guest every call fails at once', async () => {
  using client = new MachineClient(dir);
  const error = await client.status().catch((thrown: unknown) => thrown);
  expect(isUnavailable(error)).toBe(true);
  expect(grpcReason(error)).toBe('the guest has not answered yet');
});

test('nothing is sent to a guest that has sent nothing, and it is connected again', async () => {
  let heard = 0;
  guest.accept = (socket) => void socket.on('data', (bytes) => (heard += bytes.length));
  void link.run();
  await expect.poll(() => guest.connections, soon).toBeGreaterThan(2);
  expect(heard).toBe(0);
  expect(link.trouble).toBe('the guest does not answer');
  const session = once(link, 'session');
  guest.accept = (socket) => guest.serve(socket);
  await session;
  using client = new MachineClient(dir);
  expect(await drain(client, 2)).toBe(2);
});

test('a guest that sends part of another session, or garbage, is connected again', async () => {
  const ping = Buffer.from('0000080600000000000102030405060708', 'hex');
  const garbage = [
    ping,
    Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'),
    Buffer.alloc(5000, 0xff),
    Buffer.alloc(3),
  ];
  guest.accept = (socket) => {
    const bytes = garbage.shift();
    if (bytes) socket.write(bytes);
    else guest.serve(socket);
  };
  await up();
  expect(guest.connections).toBe(5);
  using client = new MachineClient(dir);
  expect(await drain(client, 2)).toBe(2);
});

test('a guest that closes the connection during the handshake is connected again', async () => {
  const settings = Buffer.from('000000040000000000', 'hex');
  guest.accept = (socket) => {
    socket.write(settings);
    guest.accept = (next) => guest.serve(next);
    setTimeout(() => socket.destroy(), 100);
  };
  await up();
  expect(guest.connections).toBe(2);
});

test('a session whose pings are not answered is replaced', async () => {
  let isDeaf = false;
  guest.accept = (socket) => guest.serveUntil(socket, () => isDeaf);
  await up();
  using client = new MachineClient(dir);
  expect(await drain(client, 2)).toBe(2);
  const again = once(link, 'session');
  // A supervisor was killed, while QEMU keeps the port open.
  isDeaf = true;
  const call = drain(client, 2).catch(grpcReason);
  guest.accept = (socket) => guest.serve(socket);
  await again;
  expect(guest.connections).toBe(2);
  expect(await call).toBe('the guest has not answered for 1.5 s: it stands still, or is very busy');
  expect(await drain(client, 2)).toBe(2);
});

test('a session on which the guest sends other things than answers to pings lives on', async () => {
  link = linkWith({ silenceMs: 300 });
  let isDeaf = false;
  let send = (): void => {};
  guest.accept = (socket) => {
    guest.serveUntil(socket, () => isDeaf);
    send = () => void socket.write(Buffer.from('0000080600000000000102030405060708', 'hex'));
  };
  await up();
  const session = link.session;
  isDeaf = true;
  for (let sent = 0; sent < 40; sent += 1) {
    send();
    await pause(30);
  }
  expect(link.session).toBe(session);
  guest.accept = (socket) => guest.serve(socket);
  await once(link, 'session');
  expect(guest.connections).toBe(2);
});

test('an emulated guest may be silent for longer', async () => {
  link = linkWith({ silenceMs: 300 });
  link.emulates(true);
  let isDeaf = false;
  guest.accept = (socket) => guest.serveUntil(socket, () => isDeaf);
  await up();
  const session = link.session;
  isDeaf = true;
  await pause(1200);
  expect(link.session).toBe(session);
});

test("the monitor's own methods work without a guest", async () => {
  using client = new MachineClient(dir);
  await client.monitor('powerButton');
  expect(pressed).toBe(1);
  const error = await client.monitor('quit').catch((thrown: unknown) => thrown);
  expect(grpcReason(error)).toBe('it is stuck');
});

test('a client that sends garbage does not affect others', async () => {
  await up();
  const noise = connect(testSocket(dir, machineFiles.control));
  noise.on('error', () => {}).write(Buffer.alloc(100_000, 'GET / HTTP/1.1\r\n'));
  using client = new MachineClient(dir);
  expect(await drain(client, 50)).toBe(50);
  noise.destroy();
});
