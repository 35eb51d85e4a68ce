import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TunnelSetup } from './tunnel-setup.ts';

let tunnel: TunnelSetup;
beforeEach(async () => {
  tunnel = await TunnelSetup.make();
});
afterEach(() => tunnel[Symbol.asyncDispose]());

/** Only a limit: nothing here measures time. */
const soon = { timeout: 90_000 };
const megabyte = Buffer.alloc(1 << 20, 'the quick brown fox ');

/** Some megabytes that differ at each offset and for each seed. */
function* bytes(seed: string, megabytes: number): Generator<Buffer> {
  for (let at = 0; at < megabytes; at += 1) {
    const piece = Buffer.from(megabyte);
    piece.write(`${seed} ${at}`);
    yield piece;
  }
}

function digest(pieces: Iterable<Buffer>): string {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}

/** Sends without end. */
const send = async (socket: Socket, pieces: Iterable<Buffer>): Promise<void> => {
  for (const piece of pieces) if (!socket.write(piece)) await once(socket, 'drain');
};

/** The digest of all received bytes, to the end. */
async function receive(socket: Socket): Promise<string> {
  const hash = createHash('sha256');
  socket.on('data', (data) => hash.update(data));
  await finished(socket, { writable: false });
  return hash.digest('hex');
}

test('bytes of the service arrive after the client has ended', async () => {
  const { client, service } = await tunnel.connection();
  client.end('question');
  expect(await receive(service)).toBe(digest([Buffer.from('question')]));
  const received = receive(client);
  await send(service, bytes('answer', 5));
  service.end();
  expect(await received).toBe(digest(bytes('answer', 5)));
});

test('bytes of the client arrive after the service has ended', async () => {
  const { client, service } = await tunnel.connection();
  service.end('greeting');
  expect(await receive(client)).toBe(digest([Buffer.from('greeting')]));
  const received = receive(service);
  await send(client, bytes('story', 5));
  client.end();
  expect(await received).toBe(digest(bytes('story', 5)));
});

test('both sides may end at the same time, or without sending anything', async () => {
  const { client, service } = await tunnel.connection();
  const received = [receive(client), receive(service)];
  await Promise.all([send(client, bytes('to', 3)), send(service, bytes('fro', 3))]);
  client.end();
  service.end();
  expect(await Promise.all(received)).toEqual([digest(bytes('fro', 3)), digest(bytes('to', 3))]);
  const silent = await tunnel.connection();
  const ends = [receive(silent.client), receive(silent.service)];
  silent.client.end();
  silent.service.end();
  expect(await Promise.all(ends)).toEqual([digest([]), digest([])]);
  expect(tunnel.reasons).toEqual([]);
});

test('a hundred megabytes each way arrive complete, with few of them buffered', async () => {
  const { client, service } = await tunnel.connection();
  let most = 0;
  const timer = setInterval(() => {
    const buffered = [client.bytesWritten - service.bytesRead, service.bytesWritten - client.bytesRead];
    most = Math.max(most, ...buffered);
  }, 20);
  try {
    const received = [receive(client), receive(service)];
    const there = send(client, bytes('to', 100)).then(() => client.end());
    const back = send(service, bytes('fro', 100)).then(() => service.end());
    await Promise.all([there, back]);
    expect(await Promise.all(received)).toEqual([digest(bytes('fro', 100)), digest(bytes('to', 100))]);
  } finally {
    clearInterval(timer);
  }
  expect(most).toBeLessThan(30e6);
}, 120_000);

test.each(['client', 'service'] as const)(
  'a sender waits for a %s that does not read',
  async (slow) => {
    const ends = await tunnel.connection();
    const sender = slow === 'client' ? ends.service : ends.client;
    const reader = ends[slow];
    let sent = 0;
    const source = Readable.from(
      (function* () {
        for (const piece of bytes('flood', 50)) {
          sent += 1;
          yield piece;
        }
      })(),
      { highWaterMark: 1 },
    );
    source.pipe(sender);
    // The sender stops once every buffer is full.
    let before = -1;
    await vi.waitFor(
      () => {
        const hasStopped = sent > 0 && sent === before;
        before = sent;
        expect(hasStopped).toBe(true);
      },
      { ...soon, interval: 500 },
    );

    expect(sent).toBeLessThan(40);
    // Other connections are not blocked.
    const other = await tunnel.connection();
    other.client.end('hello');
    expect(await receive(other.service)).toBe(digest([Buffer.from('hello')]));
    other.service.end();
    expect(await receive(reader)).toBe(digest(bytes('flood', 50)));
  },
  120_000,
);

test('a reset is passed on in either direction and reported once', async () => {
  const one = await tunnel.connection();
  one.service.write('hello');
  await once(one.client, 'data');
  one.service.resetAndDestroy();
  await expect(receive(one.client)).rejects.toMatchObject({ code: 'ECONNRESET' });
  const two = await tunnel.connection();
  two.client.resetAndDestroy();
  await expect(receive(two.service)).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(tunnel.reasons).toEqual(['the connection broke off: it was reset']);
});

test('a client that disconnects during a transfer leaves no connection open', async () => {
  const { client, service } = await tunnel.connection();
  service.on('error', () => {});
  const flood = Readable.from(bytes('flood', 50)).pipe(service);
  await once(client, 'data');
  client.destroy();
  await once(flood, 'close');
});

test('a connection to a closed port is reset, and the reason is reported', async () => {
  await expect(receive(await tunnel.connect(1))).rejects.toMatchObject({ code: 'ECONNRESET' });
  await expect(receive(await tunnel.connect(2))).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(tunnel.reasons).toEqual([
    'Cannot connect to port 1 of the machine: connection refused',
    'Unknown service "nobody"',
  ]);
});

test('fifty connections at once do not mix their bytes', async () => {
  tunnel.serve((socket) => socket.pipe(socket));
  const answers = await Promise.all(
    Array.from({ length: 50 }, async (_, at) => {
      const client = await tunnel.connect(0);
      const received = receive(client);
      await send(client, bytes(String(at), 1));
      client.end();
      return received;
    }),
  );
  expect(answers).toEqual(answers.map((_, at) => digest(bytes(String(at), 1))));
}, 120_000);

test('connections end with the machine, and work again once it is back', async () => {
  const { client } = await tunnel.connection();
  const cut = expect(receive(client)).rejects.toMatchObject({ code: 'ECONNRESET' });
  tunnel.guest.disconnect();
  await cut;
  expect(tunnel.reasons).toHaveLength(1);
  tunnel.serve((socket) => socket.end('back'));
  await vi.waitFor(async () => {
    expect(await receive(await tunnel.connect(0))).toBe(digest([Buffer.from('back')]));
  }, soon);
});
