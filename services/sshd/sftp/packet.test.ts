import { constants, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FieldReader, field, MalformedPacket, u32, u64 } from '../encoding.ts';
import { type Attributes, longName, readAttributes, writeAttributes } from './attributes.ts';
import { Handles, maxHandles } from './handles.ts';
import { maxPacketBytes, PacketSplitter, packet } from './packet.ts';
import { systemFlags } from './requests.ts';
import { answer } from './serve.ts';

const word = fc.integer({ min: 0, max: 0xffffffff });
const attributes: fc.Arbitrary<Attributes> = fc.record(
  {
    size: fc.maxSafeNat(),
    owner: fc.record({ uid: word, gid: word }),
    mode: word,
    times: fc.record({ access: word, modification: word }),
  },
  { requiredKeys: [], noNullPrototype: true },
);

test('property: attributes are read as they were written, whatever follows them', () => {
  fc.assert(
    fc.property(attributes, fc.uint8Array({ maxLength: 20 }), (given, rest) => {
      const fields = new FieldReader(Buffer.concat([writeAttributes(given), rest]));
      expect(readAttributes(fields)).toEqual(given);
      expect(fields.left).toBe(rest.length);
    }),
  );
});

test('property: any bytes are attributes or malformed', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      try {
        readAttributes(new FieldReader(Buffer.from(bytes)));
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedPacket);
      }
    }),
  );
});

test('skips extensions of attributes and refuses a wrong count', () => {
  const extended = [u32(0x80000004), u32(0o644), u32(1), field('x@y'), field('value')];
  expect(readAttributes(new FieldReader(Buffer.concat(extended)))).toEqual({ mode: 0o644 });
  const lie = Buffer.concat([u32(0x80000000), u32(0xffffffff), field('a'), field('b')]);
  expect(() => readAttributes(new FieldReader(lie))).toThrow(MalformedPacket);
});

test('property: splits packets however the stream is cut', () => {
  const contents = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 });
  fc.assert(
    fc.property(contents, fc.infiniteStream(fc.integer({ min: 1, max: 200 })), (bodies, cuts) => {
      const stream = Buffer.concat(bodies.map((body) => packet(5, Buffer.from(body))));
      const splitter = new PacketSplitter();
      const found: Buffer[] = [];
      for (let at = 0; at < stream.length; ) {
        const size = cuts.next().value as number;
        found.push(...splitter.push(stream.subarray(at, at + size)));
        at += size;
      }
      expect(found.map((one) => [...one])).toEqual(bodies.map((body) => [5, ...body]));
    }),
  );
});

test('refuses an empty or too long packet before buffering it', () => {
  expect(() => new PacketSplitter().push(u32(0))).toThrow(MalformedPacket);
  expect(() => new PacketSplitter().push(u32(maxPacketBytes + 1))).toThrow(MalformedPacket);
  expect(new PacketSplitter().push(u32(maxPacketBytes))).toEqual([]);
});

test('refuses paths with NUL and offsets above 2^53', () => {
  expect(() => new FieldReader(field('a\0b')).path()).toThrow(MalformedPacket);
  expect(() => new FieldReader(u64(2n ** 63n)).u64()).toThrow(MalformedPacket);
});

test.each([
  [1, constants.O_RDONLY],
  [2, constants.O_WRONLY],
  [3, constants.O_RDWR],
  [4, constants.O_WRONLY | constants.O_APPEND],
  [2 | 8, constants.O_WRONLY | constants.O_CREAT],
  [2 | 8 | 16, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC],
  [2 | 8 | 32, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL],
  [1 | 2 | 4, constants.O_RDWR | constants.O_APPEND],
  [0, constants.O_RDONLY],
])('translates open flags %i', (flags, expected) => {
  expect(systemFlags(flags)).toBe(expected | constants.O_NONBLOCK | constants.O_NOCTTY);
});

test('a long name is a line of ls -l', () => {
  const stats = {
    mode: 0o40755,
    nlink: 2,
    uid: 0,
    gid: 5,
    size: 4096,
    mtimeMs: Date.UTC(2026, 0, 2),
  } as Stats;
  expect(longName('x y', stats)).toBe('drwxr-xr-x    2 0        5              4096 Jan  2  2026 x y');
});

test('handles are limited in number, closed once, and checked for their kind', async () => {
  const handles = new Handles();
  const directory = { kind: 'directory', path: Buffer.from('/'), names: [] } as const;
  const all: Buffer[] = [];
  for (let count = 0; count < maxHandles; count += 1) {
    handles.assertRoom();
    all.push(await handles.add({ ...directory, names: [] }));
  }
  expect(() => handles.assertRoom()).toThrow('too many open handles');
  const [first = Buffer.alloc(0)] = all;
  expect(() => handles.file(first)).toThrow('a directory');
  await handles.close(first);
  expect(() => handles.directory(first)).toThrow('no such handle');
  expect(() => handles.directory(Buffer.from('x'))).toThrow(MalformedPacket);
  handles.assertRoom();
});

test('a file whose client left while it was opened is closed', async () => {
  const handles = new Handles();
  const path = fileURLToPath(import.meta.url);
  const file = await open(path);
  await handles.closeAll();
  const late = handles.add({ kind: 'file', path: Buffer.from(path), file, append: false });
  await expect(late).rejects.toThrow('the session has ended');
  expect(file.fd).toBe(-1);
});

test('property: the reply to any request has its id', async () => {
  const state = { handles: new Handles(), audit: () => {}, home: '/nonexistent', linkFirst: false };
  // Only types that change nothing, whatever the path.
  const type = fc.constantFrom(4, 5, 6, 7, 8, 10, 12, 19, 21, 99, 200);
  await fc.assert(
    fc.asyncProperty(type, word, fc.uint8Array({ maxLength: 60 }), async (kind, id, rest) => {
      const reply = await answer(Buffer.concat([Buffer.of(kind), u32(id), rest]), state);
      expect(reply.readUInt32BE(0)).toBe(reply.length - 4);
      expect(reply.readUInt32BE(5)).toBe(id);
    }),
  );
});
