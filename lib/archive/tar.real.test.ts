import { execFileSync } from 'node:child_process';
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KitError } from '../errors/errors.ts';
import { bodyBytes, readTar, type TarEntry, tarBytes, tarEntry, textEntry, writeTar } from './tar.ts';
import { encodeHeader } from './tar-header.ts';
import { encodePax } from './tar-pax.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit-tar-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

type Whole = Omit<TarEntry, 'body'> & { content: string };

async function whole(stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Whole[]> {
  const all: Whole[] = [];
  for await (const entry of readTar(stream, 'test.tar')) {
    const { body: _body, offset: _offset, ...rest } = entry;
    all.push({ ...rest, content: (await bodyBytes(entry)).toString('latin1') });
  }
  return all;
}

const odd: TarEntry[] = [
  tarEntry({ path: '', type: 'directory' }),
  tarEntry({ path: 'etc', type: 'directory', mode: 0o1777 }),
  textEntry('etc/hostname', 'kit\n'),
  tarEntry({ path: 'etc/alias', type: 'hardlink', linkname: 'etc/hostname' }),
  tarEntry({ path: 'bin', type: 'symlink', linkname: 'usr/bin' }),
  tarEntry({ path: 'dev/null', type: 'char', mode: 0o666, devmajor: 1, devminor: 3 }),
  tarEntry({ path: 'dev/loop0', type: 'block', devmajor: 7, devminor: 0 }),
  tarEntry({ path: 'run/initctl', type: 'fifo' }),
  { ...textEntry('usr/bin/su', 'x'.repeat(1000), 0o4755), mtime: 1_700_000_000, gid: 42 },
  { ...textEntry(`${'d'.repeat(120)}/${'f'.repeat(120)}`, 'long'), uid: 3_000_000 },
  textEntry('usr/share/ca/Főtanúsítvány.crt', 'pem'),
  tarEntry({ path: 'far', type: 'symlink', linkname: 't'.repeat(300) }),
  {
    ...textEntry('usr/bin/ping', 'ping', 0o755),
    pax: new Map([['SCHILY.xattr.security.capability', Buffer.from([1, 0, 0, 2, 0xff, 0x20, 0x0a, 0x3d])]]),
  },
];

test('all types of entries are read as they were written', async () => {
  const out = join(dir, 'odd.tar');
  const { size } = await writeTar(out, odd);
  const read = await whole(createReadStream(out, { highWaterMark: 700 }));
  expect(size).toBe(readFileSync(out).length);
  expect(read).toEqual(await Promise.all(odd.map(withContent)));
});

async function withContent(entry: TarEntry): Promise<Whole> {
  const { body: _body, ...rest } = entry;
  return { ...rest, content: (await bodyBytes(entry)).toString('latin1') };
}

test('GNU tar reads our archives', async () => {
  const out = join(dir, 'gnu.tar');
  await writeTar(out, odd);
  const listing = execFileSync('tar', ['--numeric-owner', '-tvf', out], { encoding: 'utf8' });
  expect(listing).toMatch(/^drwxrwxrwt 0\/0\s+0 .* etc\/$/m);
  expect(listing).toMatch(/^hrw-r--r-- 0\/0\s+0 .* etc\/alias link to etc\/hostname$/m);
  expect(listing).toMatch(/^crw-rw-rw- 0\/0\s+1,3 .* dev\/null$/m);
  expect(listing).toMatch(/^-rwsr-xr-x 0\/42\s+1000 .* usr\/bin\/su$/m);
  expect(listing).toMatch(/^-rw-r--r-- 3000000\/0\s+4 .* d{120}\/f{120}$/m);
});

test.each(['gnu', 'posix', 'ustar', 'v7'])('archives that GNU tar writes as %s are read', async (format) => {
  const name = format === 'v7' || format === 'ustar' ? 'short' : 'long'.repeat(50);
  writeFileSync(join(dir, name), 'content');
  const out = join(dir, `${format}.tar`);
  execFileSync('tar', ['-C', dir, `--format=${format}`, '--mtime=@77', '-cf', out, `./${name}`]);
  expect(await whole(createReadStream(out))).toMatchObject([
    { path: name, type: 'file', mtime: 77, content: 'content' },
  ]);
});

test('equal entries give equal bytes, however their bodies are split', async () => {
  const one = await writeTar(join(dir, '1.tar'), [textEntry('a', 'abcdef')]);
  const pieces = { ...textEntry('a', 'abcdef'), body: [Buffer.from('abc'), Buffer.from('def')] };
  expect(await writeTar(join(dir, '2.tar'), [pieces])).toEqual(one);
});

test('a body of the wrong length leaves no file', async () => {
  const out = join(dir, 'wrong.tar');
  await expect(writeTar(out, [{ ...textEntry('a', 'abc'), size: 4 }])).rejects.toThrow(
    'Cannot archive "a": it has 3 bytes where 4 were announced',
  );
  expect(() => readFileSync(out)).toThrow('ENOENT');
});

test.each([
  ['..', 'a/../../etc/passwd'],
  ['an absolute ..', '/../x'],
])('a path with %s is refused', async (_what, path) => {
  const tar = tarBytes([textEntry(path, 'x')]);
  await expect(whole(tar)).rejects.toThrow(
    `Cannot read archive "test.tar": the path "${path}" leads out of the archive`,
  );
});

test('a body that is not read is skipped', async () => {
  const paths: string[] = [];
  for await (const entry of readTar(tarBytes([textEntry('a', 'x'.repeat(5000)), textEntry('b', 'y')]), 't')) {
    paths.push(entry.path);
  }
  expect(paths).toEqual(['a', 'b']);
});

/** A stream that records how far it was read, and whether its reader closed it before its end. */
function noted(pieces: Iterable<Uint8Array>) {
  const seen = { pieces: 0, letGo: true };
  async function* stream(): AsyncGenerator<Uint8Array> {
    for (const piece of pieces) {
      seen.pieces += 1;
      yield piece;
    }
    seen.letGo = false;
  }
  return { seen, stream: stream() };
}

test('the stream is read to its end, whatever the padding, so that its writer is not cut off', async () => {
  const padding = Array.from({ length: 40 }, () => Buffer.alloc(1 << 16, 'x'));
  const { seen, stream } = noted([await oddBytes(), ...padding]);
  expect(await whole(stream)).toHaveLength(odd.length);
  expect(seen).toEqual({ pieces: 41, letGo: false });
});

test('an error of the stream after the end of the archive is thrown', async () => {
  async function* stream(): AsyncGenerator<Uint8Array> {
    yield await oddBytes();
    throw new KitError('Cannot run x: exit status 2');
  }
  await expect(whole(stream())).rejects.toThrow(/^Cannot run x: exit status 2$/);
});

test('a stream that does not end is refused', async () => {
  const padding = (function* () {
    for (;;) yield Buffer.alloc(1 << 20);
  })();
  const { seen, stream } = noted(padding);
  await expect(whole(stream)).rejects.toThrow(
    /^Cannot read archive "test.tar": more than 16777216 bytes follow its end$/,
  );
  expect(seen).toEqual({ pieces: 17, letGo: true });
});

test('a reader that stops early closes the stream at once', async () => {
  const bytes = await oddBytes();
  const { seen, stream } = noted([bytes.subarray(0, 4096), bytes.subarray(4096)]);
  for await (const entry of readTar(stream, 'test.tar')) if (entry.path === 'etc/hostname') break;
  expect(seen).toEqual({ pieces: 1, letGo: true });
});

async function oddBytes(): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of tarBytes(odd)) pieces.push(piece);
  return Buffer.concat(pieces);
}

test('a damaged or truncated archive is read or refused with an error', async () => {
  const good = await oddBytes();
  const change = fc.record({ at: fc.nat(good.length - 1), byte: fc.nat(255), end: fc.nat(good.length) });
  await fc.assert(
    fc.asyncProperty(change, fc.boolean(), async ({ at, byte, end }, cut) => {
      const bad = Buffer.from(good);
      bad[at] = byte;
      try {
        const read = await whole([cut ? bad.subarray(0, end) : bad]);
        for (const { path } of read) expect(path.split('/')).not.toContain('..');
      } catch (thrown) {
        expect(thrown).toHaveProperty('name', 'KitError');
      }
    }),
    { numRuns: 500 },
  );
});

/** A header with a valid checksum and arbitrary fields. */
const hostileBlock = fc
  .record({
    path: fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.constantFrom('../x', '/etc', 'a/../../b', '.', '', 'a\0b'),
    ),
    linkname: fc.oneof(fc.string({ maxLength: 30 }), fc.constantFrom('../../x', '/etc/passwd')),
    flag: fc.constantFrom(...'01234567xgLKSVN\0 '),
    size: fc.oneof(fc.nat(2000), fc.constantFrom(8 ** 11 - 1, 1 << 21)),
    rest: fc.uint8Array({ minLength: 80, maxLength: 80 }),
    body: fc.oneof(
      fc.uint8Array({ maxLength: 2000 }),
      fc
        .tuple(fc.constantFrom('path', 'linkpath', 'size', 'uid', 'mtime', 'SCHILY.xattr.x'), fc.string())
        .map(([key, value]) => encodePax(new Map([[key, Buffer.from(value)]]))),
    ),
  })
  .map(({ body, rest, ...fields }) => {
    const numbers = { mode: 0o644, uid: 0, gid: 0, mtime: 0, devmajor: 0, devminor: 0 };
    const header = encodeHeader({ ...numbers, ...fields, size: Math.min(fields.size, 8 ** 11 - 1) });
    header.set(rest, 345);
    let sum = 256;
    for (const [at, byte] of header.entries()) if (at < 148 || at >= 156) sum += byte;
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    return Buffer.concat([header, body, Buffer.alloc(-body.length & 511)]);
  });

test('arbitrary headers with valid checksums give no path outside the archive', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(hostileBlock, { maxLength: 6 }), async (blocks) => {
      try {
        for (const { path, linkname, type, content, size } of await whole([Buffer.concat(blocks)])) {
          expect(path.split('/')).not.toContain('..');
          expect(path).not.toMatch(/^\/|\/$|\0/);
          if (type === 'hardlink') expect(linkname.split('/')).not.toContain('..');
          expect(content.length).toBe(size);
        }
      } catch (thrown) {
        if (!(thrown instanceof Error) || thrown.name !== 'KitError') throw thrown;
        expect(thrown.message).toMatch(/^Cannot read /);
      }
    }),
    { numRuns: 1500 },
  );
});
