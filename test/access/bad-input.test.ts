import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type ClientReadableStream, credentials, status } from '@grpc/grpc-js';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ControlClient, type LogLines } from '../../lib/control/generated/control.ts';
import { attack, attacks, outcomes } from './attacks.ts';
import { call, data, flags, hello, message } from './frames.ts';
import { type TestTransport, TestTransports } from './transports.ts';

const soon = { timeout: 90_000 };
let transports: TestTransports;
let client: ControlClient;
let watching: ClientReadableStream<LogLines>;
/** Lines that the following client has received. */
let ticks = 0;

beforeAll(async () => {
  transports = await TestTransports.make();
  client = makeClient();
  watching = client.logs({
    services: [],
    follow: true,
    tail: 0,
    all: true,
    sinceMs: 0n,
    logId: '',
    after: [],
  });
  watching.on('data', () => {
    ticks += 1;
  });
  watching.on('error', () => {
    ticks = Number.NaN;
  });
}, 300_000);
afterAll(() => {
  watching.cancel();
  client.close();
  transports[Symbol.dispose]();
});
beforeEach(() => void transports.lines.splice(0));

const makeClient = (): ControlClient =>
  new ControlClient(`unix:${transports.socket}`, credentials.createInsecure());

const hostnameFrom = (one: ControlClient): Promise<string> =>
  new Promise((resolve, reject) =>
    one.status({ filesystems: false }, (error, reply) => (error ? reject(error) : resolve(reply.hostname))),
  );

/** Checks that other clients are served: the followed log continues, and calls are answered. */
async function expectOthersServed(): Promise<void> {
  const before = ticks;
  await vi.waitFor(() => expect(ticks).toBeGreaterThan(before), soon);
  expect(await hostnameFrom(client)).toBe('vm1');
}

const session = (connection: Duplex): ClientHttp2Session => {
  const made = connectHttp2('http://guest', { createConnection: () => connection });
  made.on('error', () => {});
  return made;
};

const transportNamed = (name: TestTransport['name']): TestTransport => {
  const transport = transports.all.find((one) => one.name === name);
  if (!transport) throw new Error(name);
  return transport;
};

describe.each(['unix socket', 'virtio-serial', 'vsock', 'TLS'] as const)('%s', (name) => {
  test.each(attacks.map((one) => [one.name, one] as const))('%s', async (_name, one) => {
    const connection = await transportNamed(name).connect();
    expect(outcomes(one)).toContain(await attack(connection, one.bytes()));
    connection.destroy();
    await expectOthersServed();
    if (one.outcome === 'ends')
      await vi.waitFor(() => expect(transports.lines.join('\n')).toMatch(/^control: .* broke off: /), soon);
  });

  test('any bytes, cut anywhere, from a client that then disconnects', async () => {
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.concat([hello, bytes])),
      fc.tuple(fc.nat({ max: 300 }), fc.nat({ max: 255 })).map(([at, byte]) => {
        const good = Buffer.concat([hello, call(1, 'Status'), data(1, message(Buffer.alloc(0)))]);
        good[at % good.length] = byte;
        return good.subarray(0, at);
      }),
    );
    await fc.assert(
      fc.asyncProperty(noise, async (bytes) => {
        const connection = await transportNamed(name).connect();
        connection.on('error', () => {});
        connection.write(bytes);
        await pause(2);
        connection.destroy();
      }),
      { numRuns: name === 'virtio-serial' ? 20 : 60 },
    );
    await expectOthersServed();
  }, 60_000);

  test('clients that disconnect in the middle of a streaming call leave no stream open', async () => {
    const before = { ...transports.open };
    for (const method of ['Logs', 'Forward', 'Debug']) {
      const connection = await transportNamed(name).connect();
      connection.on('error', () => {}).resume();
      const flag = method === 'Logs' ? flags.endStream : flags.none;
      connection.write(Buffer.concat([hello, call(1, method), data(1, message(Buffer.alloc(0)), flag)]));
      const kind = method === 'Logs' ? 'logs' : 'tunnels';
      await vi.waitFor(() => expect(transports.open[kind]).toBe(before[kind] + 1), soon);
      connection.destroy();
      await vi.waitFor(() => expect(transports.open).toEqual(before), soon);
    }
    await expectOthersServed();
  });

  test('a client that does not read delays only itself, without growing memory use', async () => {
    const connection = await transportNamed(name).connect();
    connection.on('error', () => {});
    // LogsRequest { tail: 1 }: field 3, varint.
    connection.write(Buffer.concat([hello, call(1, 'Logs'), data(1, message(Buffer.from([0x18, 1])))]));
    await vi.waitFor(() => expect(transports.open.logs).toBe(2), soon);
    connection.pause();
    const { arrayBuffers } = process.memoryUsage();
    await pause(500);
    await expectOthersServed();
    expect(process.memoryUsage().arrayBuffers - arrayBuffers).toBeLessThan(20e6);
    connection.destroy();
    await vi.waitFor(() => expect(transports.open.logs).toBe(1), soon);
  });
});

test('unresponsive clients are disconnected', async () => {
  const all = await Promise.all(transports.all.map((transport) => transport.connect()));
  const gone = all.map((connection) => {
    connection.on('error', () => {}).resume();
    connection.write(hello);
    return new Promise<void>((resolve) => connection.once('close', () => resolve()));
  });
  await Promise.all(gone);
  await expectOthersServed();
}, 60_000);

test('a hundred clients at once on two transports', async () => {
  const clients = await Promise.all(
    Array.from({ length: 100 }, async (_, at) => {
      if (at % 3 === 0)
        return { connection: session(await transportNamed('TLS').connect()), client: undefined };
      return { connection: undefined, client: makeClient() };
    }),
  );
  const answers = clients.map(async ({ connection, client: one }) => {
    if (one) return hostnameFrom(one);
    const stream = connection?.request({
      ':method': 'POST',
      ':path': '/kit.control.v1.Control/Status',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    stream?.resume().end(message(Buffer.alloc(0)));
    return new Promise<string>((resolve) =>
      stream?.once('trailers', (trailers) => resolve(`status ${trailers['grpc-status']}`)),
    );
  });
  expect(new Set(await Promise.all(answers))).toEqual(new Set(['vm1', 'status 0']));
  for (const { connection, client: one } of clients) {
    connection?.destroy();
    one?.close();
  }
  await expectOthersServed();
});

test('for any service name the answer is short and without control characters', async () => {
  const name = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 2000 }),
    fc.constantFrom('../../etc', '\x1b[2J', 'a\0b', '\ud800', '🐢'.repeat(100_000), ''),
  );
  await fc.assert(
    fc.asyncProperty(name, async (service) => {
      const error = await new Promise<{ code: number; details: string }>((resolve) =>
        client.startService({ service }, (thrown) => resolve(thrown ?? { code: 0, details: '' })),
      );
      expect(error.code).toBe(status.NOT_FOUND);
      expect(error.details.length).toBeLessThan(5000);
      expect(error.details).not.toMatch(/\p{Cc}/u);
    }),
    { numRuns: 100 },
  );
  await expectOthersServed();
});
