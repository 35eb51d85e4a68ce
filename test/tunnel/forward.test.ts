import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TunnelWorld } from './world.ts';

let world: TunnelWorld;
beforeEach(async () => {
  world = await TunnelWorld.make();
});
afterEach(() => world[Symbol.asyncDispose]());

/** Long, for busy machines. */
const soon = { timeout: 20_000 };
const megabyte = Buffer.alloc(1 << 20, 'the quick brown fox ');

/** Some megabytes that are different at each place and for each seed; what became of their digest is in `sha`. */
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

/** Sends without ending. */
const send = async (socket: Socket, pieces: Iterable<Buffer>): Promise<void> => {
  for (const piece of pieces) if (!socket.write(piece)) await once(socket, 'drain');
};

/** The digest of all that comes, to the end. */
async function hear(socket: Socket): Promise<string> {
  const hash = createHash('sha256');
  socket.on('data', (data) => hash.update(data));
  await finished(socket, { writable: false });
  return hash.digest('hex');
}

test('what the service still sends after the end of the client arrives', async () => {
  const { client, service } = await world.connection();
  client.end('question');
  expect(await hear(service)).toBe(digest([Buffer.from('question')]));
  const heard = hear(client);
  await send(service, bytes('answer', 5));
  service.end();
  expect(await heard).toBe(digest(bytes('answer', 5)));
});

test('what the client still sends after the end of the service arrives', async () => {
  const { client, service } = await world.connection();
  service.end('greeting');
  expect(await hear(client)).toBe(digest([Buffer.from('greeting')]));
  const heard = hear(service);
  await send(client, bytes('story', 5));
  client.end();
  expect(await heard).toBe(digest(bytes('story', 5)));
});

test('both may end at once, or without a word', async () => {
  const { client, service } = await world.connection();
  const heard = [hear(client), hear(service)];
  await Promise.all([send(client, bytes('to', 3)), send(service, bytes('fro', 3))]);
  client.end();
  service.end();
  expect(await Promise.all(heard)).toEqual([digest(bytes('fro', 3)), digest(bytes('to', 3))]);
  const silent = await world.connection();
  const ends = [hear(silent.client), hear(silent.service)];
  silent.client.end();
  silent.service.end();
  expect(await Promise.all(ends)).toEqual([digest([]), digest([])]);
  expect(world.reasons).toEqual([]);
});

test('a hundred megabytes each way at once arrive whole, few of them on the way', async () => {
  const { client, service } = await world.connection();
  let most = 0;
  const timer = setInterval(() => {
    const onTheWay = [client.bytesWritten - service.bytesRead, service.bytesWritten - client.bytesRead];
    most = Math.max(most, ...onTheWay);
  }, 20);
  try {
    const heard = [hear(client), hear(service)];
    const there = send(client, bytes('to', 100)).then(() => client.end());
    const back = send(service, bytes('fro', 100)).then(() => service.end());
    await Promise.all([there, back]);
    expect(await Promise.all(heard)).toEqual([digest(bytes('fro', 100)), digest(bytes('to', 100))]);
  } finally {
    clearInterval(timer);
  }
  expect(most).toBeLessThan(30e6);
}, 120_000);

test.each(['client', 'service'] as const)(
  'who sends waits for a %s that does not read',
  async (slow) => {
    const ends = await world.connection();
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
    // It stands still once every buffer on the way is full.
    let before = -1;
    await vi.waitFor(
      () => {
        const stands = sent > 0 && sent === before;
        before = sent;
        expect(stands).toBe(true);
      },
      { ...soon, interval: 500 },
    );

    expect(sent).toBeLessThan(40);
    // Others are not held up by it.
    const other = await world.connection();
    other.client.end('hello');
    expect(await hear(other.service)).toBe(digest([Buffer.from('hello')]));
    other.service.end();
    expect(await hear(reader)).toBe(digest(bytes('flood', 50)));
  },
  120_000,
);

test("a reset is passed on, either way, and is nobody else's failure", async () => {
  const one = await world.connection();
  one.service.write('hello');
  await once(one.client, 'data');
  one.service.resetAndDestroy();
  await expect(hear(one.client)).rejects.toMatchObject({ code: 'ECONNRESET' });
  const two = await world.connection();
  two.client.resetAndDestroy();
  await expect(hear(two.service)).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(world.reasons).toEqual(['the connection broke off: it was reset']);
});

test('a client that goes away in the middle of a transfer leaves nothing behind', async () => {
  const { client, service } = await world.connection();
  service.on('error', () => {});
  const flood = Readable.from(bytes('flood', 50)).pipe(service);
  await once(client, 'data');
  client.destroy();
  await once(flood, 'close');
});

test('where nothing listens the connection is closed, and a sentence says why', async () => {
  await expect(hear(await world.knock(1))).rejects.toMatchObject({ code: 'ECONNRESET' });
  await expect(hear(await world.knock(2))).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(world.reasons).toEqual([
    'Cannot connect to port 1 of the machine: nothing listens there',
    'Unknown service "nobody"',
  ]);
});

test('fifty connections at once keep their bytes apart', async () => {
  world.serve((socket) => socket.pipe(socket));
  const answers = await Promise.all(
    Array.from({ length: 50 }, async (_, at) => {
      const client = await world.knock(0);
      const heard = hear(client);
      await send(client, bytes(String(at), 1));
      client.end();
      return heard;
    }),
  );
  expect(answers).toEqual(answers.map((_, at) => digest(bytes(String(at), 1))));
}, 120_000);

test('connections end with the machine, and new ones are had once it is back', async () => {
  const { client } = await world.connection();
  const cut = expect(hear(client)).rejects.toMatchObject({ code: 'ECONNRESET' });
  world.guest.vanish();
  await cut;
  expect(world.reasons).toHaveLength(1);
  world.serve((socket) => socket.end('back'));
  await vi.waitFor(async () => {
    expect(await hear(await world.knock(0))).toBe(digest([Buffer.from('back')]));
  }, soon);
});
