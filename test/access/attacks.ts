import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { call, callHeaders, data, field, flags, frame, hello, message, preface, types } from './frames.ts';

/** Bytes of a hostile client, and the expected fate of its connection. */
export interface Attack {
  readonly name: string;
  /**
   * ends: the machine closes the connection and logs it; answered: it answers the call; either: depends on
   * timing.
   */
  readonly outcome: 'ends' | 'answered' | 'either';
  readonly bytes: () => Iterable<Buffer>;
}

function* many(count: number, one: (at: number) => Buffer): Iterable<Buffer> {
  const each = 5000;
  for (let at = 0; at < count; at += each) {
    yield Buffer.concat(Array.from({ length: Math.min(each, count - at) }, (_, more) => one(at + more)));
  }
}

const after = (first: Buffer, rest: Iterable<Buffer>): Iterable<Buffer> => [first, ...rest];
/** Appends a call. */
function* withCall(rest: Iterable<Buffer>): Iterable<Buffer> {
  yield hello;
  yield* rest;
  yield Buffer.concat([call(1, 'Status'), data(1, message(Buffer.alloc(0)))]);
}

const stream = (at: number): number => 2 * at + 1;

export const attacks: readonly Attack[] = [
  { name: 'noise', outcome: 'ends', bytes: () => [Buffer.alloc(3000, 'noise ')] },
  { name: 'HTTP/1.1', outcome: 'ends', bytes: () => [Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')] },
  {
    name: 'TLS on top',
    outcome: 'ends',
    bytes: () => [Buffer.from('160301020001000001fc0303', 'hex'), Buffer.alloc(64)],
  },
  {
    name: 'no SETTINGS first',
    outcome: 'ends',
    bytes: () => [preface, frame(types.ping, 0, 0, Buffer.alloc(8))],
  },
  {
    name: 'a frame of 16 MB',
    outcome: 'ends',
    bytes: () => [hello, Buffer.from('ffffff000000000001', 'hex'), Buffer.alloc(1 << 20)],
  },
  {
    name: 'data on a stream that was not opened',
    outcome: 'ends',
    bytes: () => [hello, data(7, Buffer.alloc(100))],
  },
  { name: 'a stream of the server', outcome: 'ends', bytes: () => [hello, call(2, 'Status')] },
  {
    name: 'damaged headers',
    outcome: 'ends',
    bytes: () => [hello, frame(types.headers, flags.endHeaders, 1, Buffer.alloc(40, 0xff))],
  },
  {
    name: 'headers that never end',
    outcome: 'ends',
    bytes: () =>
      after(
        Buffer.concat([hello, frame(types.headers, flags.none, 1, callHeaders('Status'))]),
        many(20_000, () => frame(types.continuation, flags.none, 1, field('x', 'y'.repeat(100)))),
      ),
  },
  {
    name: 'a hundred thousand settings',
    outcome: 'either',
    bytes: () => withCall(many(100_000, () => frame(types.settings, flags.none, 0))),
  },
  {
    name: 'a hundred thousand pings',
    outcome: 'either',
    bytes: () => withCall(many(100_000, () => frame(types.ping, 0, 0, Buffer.alloc(8)))),
  },
  {
    name: 'calls that are reset at once',
    outcome: 'ends',
    bytes: () =>
      after(
        hello,
        many(20_000, (at) =>
          Buffer.concat([call(stream(at), 'Status'), frame(types.reset, 0, stream(at), Buffer.alloc(4))]),
        ),
      ),
  },
  {
    name: 'a message that claims 4 GB',
    outcome: 'answered',
    bytes: () => [hello, call(1, 'Status'), data(1, message(Buffer.alloc(10), 0xffff_ffff), flags.none)],
  },
  {
    name: 'a message that grows to 1 GB',
    outcome: 'answered',
    bytes: () => [
      hello,
      frame(
        types.headers,
        flags.endHeaders,
        1,
        Buffer.concat([callHeaders('Status'), field('grpc-encoding', 'gzip')]),
      ),
      ...pieces(message(bomb(), undefined, 1)),
    ],
  },
  {
    name: 'a damaged message',
    outcome: 'answered',
    bytes: () => [hello, call(1, 'Logs'), data(1, message(Buffer.alloc(60, 0xff)))],
  },
  {
    name: 'half a message',
    outcome: 'answered',
    bytes: () => [hello, call(1, 'Status'), data(1, message(Buffer.alloc(2), 100))],
  },
  {
    name: 'no message',
    outcome: 'answered',
    bytes: () => [hello, call(1, 'Status'), data(1, Buffer.alloc(0))],
  },
  {
    name: 'two messages',
    outcome: 'answered',
    bytes: () => [
      hello,
      call(1, 'Status'),
      data(1, Buffer.concat([message(Buffer.alloc(0)), message(Buffer.alloc(0))])),
    ],
  },
  {
    name: 'an unknown call',
    outcome: 'answered',
    bytes: () => [hello, call(1, 'Nope'), data(1, message(Buffer.alloc(0)))],
  },
];

let packed: Buffer | undefined;
function bomb(): Buffer {
  packed ??= gzipSync(Buffer.alloc(64 << 20));
  return packed;
}

/** In DATA frames of the initial maximum size, 16 KiB (RFC 9113 section 6.5.2). */
function pieces(bytes: Buffer): Buffer[] {
  const cuts = Array.from({ length: Math.ceil(bytes.length / 16_384) }, (_, at) =>
    bytes.subarray(at * 16_384, (at + 1) * 16_384),
  );
  return cuts.map((part) => data(1, part, flags.none));
}

/** The possible results of `attack`. */
export const outcomes = ({ outcome }: Attack): readonly string[] =>
  outcome === 'either' ? ['ends', 'answered'] : [outcome];

/** Sends the bytes. Resolves once the call was answered or the connection has ended. */
export async function attack(connection: Duplex, bytes: Iterable<Buffer>): Promise<'ends' | 'answered'> {
  connection.on('error', () => {});
  const ended = new Promise<'ends'>((resolve) => {
    for (const event of ['end', 'close']) connection.once(event, () => resolve('ends'));
  });
  const answered = answerOn(connection);
  for (const piece of bytes) {
    if (connection.destroyed || connection.writableEnded) break;
    if (!connection.write(piece)) await Promise.race([once(connection, 'drain').catch(() => {}), ended]);
  }
  return Promise.race([ended, answered]);
}

/** Resolves when HEADERS or RST_STREAM of stream 1 is received. */
function answerOn(connection: Duplex): Promise<'answered'> {
  let received = Buffer.alloc(0);
  return new Promise((resolve) => {
    connection.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      while (received.length >= 9) {
        const frameLength = 9 + received.readUIntBE(0, 3);
        if (received.length < frameLength) return;
        const [type, id] = [received[3], received.readUInt32BE(5)];
        if (id === 1 && (type === types.headers || type === types.reset)) resolve('answered');
        received = received.subarray(frameLength);
      }
    });
  });
}
