import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import { inMemory } from '../../../test/support/in-memory.ts';
import { zstdFrame } from '../zstd/frame.ts';
import { cpioBytes } from './cpio-bytes.ts';
import { type CpioEntry, cpioPieces } from './cpio-pieces.ts';
import { type CpioFile, readCpio } from './read-cpio.ts';

const archive = (...entries: CpioEntry[]): Buffer =>
  Buffer.concat(cpioPieces(entries).map((piece) => piece as Uint8Array));
const file = (path: string, text: string): CpioEntry => ({
  ...{ path, type: 'file', mode: 0o644, body: Buffer.from(text) },
});

/** One file, with a field of its header overwritten. */
function withField(at: number, digits: string): Buffer {
  const bytes = archive(file('a', 'b'));
  bytes.write(digits, at, 'latin1');
  return bytes;
}

async function entriesOf(bytes: Buffer): Promise<CpioFile[]> {
  const found: CpioFile[] = [];
  for await (const entry of readCpio(inMemory(bytes), 'x')) found.push(entry);
  return found;
}

test('names of any bytes, links to them, and times that fit no unsigned number', async () => {
  const entries = [
    { ...textEntry('caf\udce9', 'x'), mtime: -1000 },
    tarEntry({ path: 'l', type: 'symlink', linkname: '\udcff', mtime: 2 ** 40 }),
  ];
  const whole = Buffer.concat(await Array.fromAsync(cpioBytes(() => entries)));
  const found = await entriesOf(whole);
  expect(found.map(({ path, bytes }) => [path, bytes])).toEqual([
    ['caf\udce9', 1],
    ['l', 1],
  ]);
  expect(whole.includes(Buffer.from('caf\xe9\0', 'latin1'))).toBe(true);
  const times = found.map(({ headerAt }) => whole.toString('latin1', headerAt + 46, headerAt + 54));
  expect(times).toEqual(['00000000', 'ffffffff']);
  expect(whole[found[1]?.at ?? 0]).toBe(0xff);
});

test.each([...['', 'a', 'ab', 'abc', 'abcd', 'abcde', 'abcdef', 'abcdefg']])(
  'an archive in the middle may be compressed by zstd: stage 1 is "%s"',
  async (stage1) => {
    const frame = zstdFrame(archive(file('init', stage1), file('bin/sh', 'shell')));
    const first = archive(file('layers/index', 'list'));
    const whole = Buffer.concat([
      first,
      frame,
      Buffer.alloc(-frame.length & 3),
      archive(file('layers/1', 'one')),
    ]);
    const found = await entriesOf(whole);
    const texts = found.map(async ({ source, at, bytes }) => String(await source.read(at, bytes)));
    expect(await Promise.all(texts)).toEqual(['list', stage1, 'shell', 'one']);
    const inFrame = { at: first.length, bytes: frame.length };
    expect(found.map((entry) => entry.frame)).toEqual([undefined, inFrame, inFrame, undefined]);
    const damaged = Buffer.concat([first, frame.subarray(0, -1)]);
    await expect(entriesOf(damaged)).rejects.toThrow(
      `Cannot read initrd "x": at byte ${first.length}: its compressed archive is damaged`,
    );
  },
);

test('archives of kit, one after microcode and zeros', async () => {
  const whole = Buffer.concat([
    ...[archive(file('kernel/x86/microcode/GenuineIntel.bin', 'ucode')), Buffer.alloc(5120)],
    archive({ path: 'layers', type: 'directory', mode: 0o755 }, file('layers/index', 'hello')),
  ]);
  const found = await entriesOf(whole);
  expect(found.map(({ path, mode, bytes }) => [path, mode, bytes])).toEqual([
    ['kernel/x86/microcode/GenuineIntel.bin', 0o100644, 5],
    ['layers', 0o040755, 0],
    ['layers/index', 0o100644, 5],
  ]);
  const { headerAt = 0, at = 0, bytes = 0 } = found.at(-1) ?? {};
  expect(whole.toString('latin1', headerAt, headerAt + 6)).toBe('070701');
  expect(whole.toString('latin1', at, at + bytes)).toBe('hello');
});

test.each([
  ['gzip', Buffer.from('1f8b08000000', 'hex')],
  ['text', Buffer.from('no archive at all, but of some length: '.repeat(20))],
  ['a header that is cut off', archive(file('a', 'b')).subarray(0, 60)],
  ['a name that is too long', withField(94, '00002001')],
])('%s is refused', async (_title, bytes) => {
  await expect(entriesOf(bytes)).rejects.toThrow('Cannot read initrd "x": at byte 0: ');
});

test('a damaged archive gives an error or some entries', async () => {
  const seed = archive(file('layers/index', 'one'), file('layers/two', 'two'));
  const hits = fc.array(fc.tuple(fc.nat(seed.length - 1), fc.nat(255)), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(hits, fc.nat(seed.length), async (damage, length) => {
      const bytes = Buffer.from(seed.subarray(0, length));
      for (const [at, byte] of damage) if (at < bytes.length) bytes[at] = byte;
      const found = await entriesOf(bytes).catch((error: unknown) => String(error));
      if (typeof found === 'string') expect(found).toContain('Cannot read initrd "x"');
      else expect(found.length).toBeLessThan(10);
    }),
    { numRuns: 500 },
  );
});
