import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bodyBytes,
  nameOfBytes,
  readTar,
  type StoredEntry,
  type TarEntry,
  tarBytes,
  tarEntry,
} from './tar.ts';
import { encodeHeader, type RawHeader } from './tar-header.ts';
import { encodePax } from './tar-pax.ts';
import { type Segment, sparsePart } from './tar-sparse.ts';

type Whole = Omit<StoredEntry, 'body' | 'offset'> & { content: string };

async function read(bytes: Uint8Array): Promise<Whole[]> {
  const all: Whole[] = [];
  // In pieces that fit no block.
  const pieces = Array.from({ length: Math.ceil(bytes.length / 700) }, (_, at) =>
    bytes.subarray(at * 700, (at + 1) * 700),
  );
  for await (const { body, offset: _offset, ...rest } of readTar(pieces, 't.tar')) {
    all.push({ ...rest, content: (await bodyBytes({ ...rest, body })).toString('latin1') });
  }
  return all;
}

const padded = (body: Buffer | string): Buffer => {
  const bytes = Buffer.from(body);
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 511)]);
};

/** A header and its data, as it is in an archive. */
function member(
  part: Partial<RawHeader>,
  body: Buffer | string = '',
  form: 'ustar' | 'gnu' = 'ustar',
): Buffer {
  const { type: _type, pax: _pax, body: _body, ...plain } = tarEntry({ path: 'f' });
  const size = part.size ?? Buffer.byteLength(body);
  return Buffer.concat([encodeHeader({ ...plain, flag: '0', ...part, size }, form), padded(body)]);
}

const pax = (records: readonly (readonly [string, string])[], flag = 'x'): Buffer =>
  member(
    { path: 'PaxHeaders/f', flag },
    Buffer.concat(
      records.map((record) => encodePax(new Map([[record[0], Buffer.from(record[1], 'latin1')]]))),
    ),
  );

const end = Buffer.alloc(1024);
const archive = (...members: Buffer[]): Promise<Whole[]> => read(Buffer.concat([...members, end]));

const bytesOf = async (entries: TarEntry[]): Promise<Buffer> =>
  Buffer.concat(await Array.fromAsync(tarBytes(entries)));

const name = fc
  .array(
    fc.oneof(
      fc.string({ minLength: 1, maxLength: 30 }),
      fc.uint8Array({ minLength: 1, maxLength: 130 }).map((bytes) => nameOfBytes(bytes)),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.map((part) => part.replace(/[/\0]/g, '_')).join('/'))
  .filter((path) => path.split('/').every((part) => part !== '.' && part !== '..'));
const small = fc.oneof(fc.nat(0o7777777), fc.nat(0xffff_ffff));
const seconds = fc.oneof(fc.nat(2 ** 31), fc.integer({ min: -(2 ** 40), max: 2 ** 40 }));

const anyEntry: fc.Arbitrary<TarEntry> = fc
  .record({
    path: name,
    type: fc.constantFrom('file', 'hardlink', 'symlink', 'char', 'block', 'directory', 'fifo'),
    mode: fc.nat(0o7777),
    uid: small,
    gid: small,
    mtime: seconds,
    nanoseconds: fc.oneof(fc.constant(0), fc.nat(999_999_999)),
    link: name,
    device: fc.tuple(small, small),
    content: fc.uint8Array({ maxLength: 1500 }),
    attributes: fc.dictionary(
      name.map((text) => `user.${text.replaceAll('/', '_')}`),
      fc.uint8Array(),
      { maxKeys: 2 },
    ),
  })
  .map(({ type, link, device, content, attributes, nanoseconds, ...rest }) =>
    tarEntry({
      ...rest,
      type,
      nanoseconds: rest.mtime < 0 ? 0 : nanoseconds,
      linkname: type === 'hardlink' || type === 'symlink' ? link : '',
      ...(type === 'char' || type === 'block' ? { devmajor: device[0], devminor: device[1] } : {}),
      ...(type === 'file' ? { size: content.length, body: [content] } : {}),
      pax: new Map(
        Object.entries(attributes).map(([key, value]) => [`SCHILY.xattr.${key}`, Buffer.from(value)]),
      ),
    }),
  );

test('whatever is written is read', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyEntry, { maxLength: 5 }), async (entries) => {
      const found = await read(await bytesOf(entries));
      expect(found).toHaveLength(entries.length);
      for (const [at, { content, segments, ...rest }] of found.entries()) {
        const { body: _body, ...wanted } = entries[at] ?? tarEntry({ path: '' });
        expect({ ...rest, pax: new Set(rest.pax) }).toEqual({ ...wanted, pax: new Set(wanted.pax) });
        expect(segments).toBeUndefined();
        expect(content).toBe(
          Buffer.concat(await Array.fromAsync(entries[at]?.body ?? [])).toString('latin1'),
        );
      }
    }),
    { numRuns: 300 },
  );
});

test('the header of a plain file is that of POSIX, byte for byte', async () => {
  const [header = Buffer.alloc(0)] = await Array.fromAsync(tarBytes([tarEntry({ path: 'etc/x', mtime: 8 })]));
  const shown = Buffer.from(header).toString('latin1').replaceAll('\0', '.');
  const fields = ['0000644.', '0000000.', '0000000.', '00000000000.', '00000000010.', '010141. 0'];
  expect(shown.slice(0, 157)).toBe(`etc/x${'.'.repeat(95)}${fields.join('')}`);
  expect(shown.slice(257)).toBe(`ustar.00${'.'.repeat(64)}0000000.0000000.${'.'.repeat(167)}`);
});

const data = 'beginend';
const wanted = `begin${'\0'.repeat(95)}end${'\0'.repeat(20)}`;

/** GNU's own form; `more` segments are in a block of their own. */
function gnuSparse(first: readonly Segment[], more: readonly Segment[] = []): Buffer {
  const header = member({ flag: 'S', size: data.length }, '', 'gnu');
  const write = (block: Buffer, list: readonly Segment[], from: number): void => {
    for (const [index, { at, size }] of list.entries()) {
      block.write(`${at.toString(8).padStart(11, '0')}\0`, from + 24 * index, 'latin1');
      block.write(`${size.toString(8).padStart(11, '0')}\0`, from + 24 * index + 12, 'latin1');
    }
  };
  write(header, first, 386);
  header.write(`${wanted.length.toString(8).padStart(11, '0')}\0`, 483, 'latin1');
  const extension = Buffer.alloc(more.length > 0 ? 512 : 0);
  if (more.length > 0) header[482] = 1;
  write(extension, more, 0);
  return Buffer.concat([checked(header), extension, padded(data)]);
}

function checked(header: Buffer): Buffer {
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

const two = [
  { at: 0, size: 5 },
  { at: 100, size: 3 },
];
const realSize = ['GNU.sparse.realsize', String(wanted.length)] as const;
const version = [
  ['GNU.sparse.major', '1'],
  ['GNU.sparse.minor', '0'],
] as const;

test.each<[string, Buffer[], string]>([
  ["GNU's own", [gnuSparse(two)], 'f'],
  [
    "GNU's own with another block",
    [gnuSparse(two.slice(0, 1), [...two.slice(1), { at: 123, size: 0 }])],
    'f',
  ],
  [
    'PAX 0.0',
    [
      pax([
        ['GNU.sparse.size', String(wanted.length)],
        ['GNU.sparse.numblocks', '2'],
        ...two.flatMap(({ at, size }): [string, string][] => [
          ['GNU.sparse.offset', String(at)],
          ['GNU.sparse.numbytes', String(size)],
        ]),
      ]),
      member({}, data),
    ],
    'f',
  ],
  [
    'PAX 0.1',
    [
      pax([
        ['GNU.sparse.name', 'real'],
        ['GNU.sparse.size', String(wanted.length)],
        ['GNU.sparse.map', '0,5,100,3,123,0'],
      ]),
      member({ path: 'GNUSparseFile.1/real' }, data),
    ],
    'real',
  ],
  [
    'PAX 1.0',
    [
      pax([...version, ['GNU.sparse.name', 'real'], realSize]),
      member(
        { path: 'GNUSparseFile.1/real' },
        Buffer.concat([padded('2\n0\n5\n100\n3\n'), Buffer.from(data)]),
      ),
    ],
    'real',
  ],
])('a sparse file in the form of %s is whole', async (_what, members, path) => {
  const [first, second] = await archive(...members, member({ path: 'next' }, 'x'));
  expect(first).toMatchObject({ path, type: 'file', size: wanted.length, content: wanted, segments: two });
  expect([...(first?.pax ?? [])]).toEqual([]);
  expect(second).toMatchObject({ path: 'next', content: 'x' });
});

test('the name of a sparse file is the real one, whatever its header says', async () => {
  const body = Buffer.concat([padded('2\n0\n5\n100\n3\n'), Buffer.from(data)]);
  const found = await archive(
    // GNU tar: cut off behind a slash, which does not make it a folder.
    pax([...version, ['GNU.sparse.name', 'a/long'], realSize, ['path', './GNUSparseFile.7/a/long']]),
    member({ path: 'GNUSparseFile.7/' }, body),
    // bsdtar.
    pax([['path', `b/${'w'.repeat(120)}`], ...version, ['GNU.sparse.name', 'b/ww'], realSize]),
    member({ path: 'b/GNUSparseFile.0/who' }, body),
  );
  expect(found.map(({ path, type, content }) => [path, type, content])).toEqual([
    ['a/long', 'file', wanted],
    [`b/${'w'.repeat(120)}`, 'file', wanted],
  ]);
});

test.each<[string, Buffer[], string]>([
  ['overlap', [gnuSparse([two[1], two[0]] as Segment[])], '"f": its map does not fit'],
  ['reach beyond the end', [gnuSparse([{ at: 120, size: 8 }])], '"f": its map does not fit'],
  ['leave data over', [gnuSparse([{ at: 0, size: 5 }])], '"f": its map does not fit its data'],
  [
    'are of an unknown version',
    [pax([['GNU.sparse.major', '2'], realSize]), member({}, data)],
    '"f": it is sparse in the unknown version "2.0"',
  ],
  [
    'are more than there could be',
    [pax([...version, realSize]), member({}, padded('9999999\n'))],
    '"f": it has more than 1000000 parts',
  ],
  ['have no map', [pax([...version, realSize]), member({}, padded('x'))], '"f": its map is damaged'],
  [
    'have a damaged map',
    [pax([...version, realSize]), member({}, padded('1\n-5\n2\n'))],
    '"f": its map has the number "-5"',
  ],
  [
    "are star's",
    [pax([['SCHILY.realsize', '9']]), member({}, data)],
    '"f": it is sparse in the form of star',
  ],
])('sparse files whose parts %s are refused', async (_what, members, message) => {
  await expect(archive(...members)).rejects.toThrow(`Cannot read archive "t.tar": ${message}`);
});

test('a part of a sparse file is sparse again', () => {
  const bytes = Array.from({ length: 125 }, (_, at) => (at < 5 || (at >= 100 && at < 103) ? at + 1 : 0));
  const stored = bytes.filter((byte) => byte > 0);
  fc.assert(
    fc.property(fc.nat(125), fc.nat(125), (from, length) => {
      const size = Math.min(length, 125 - from);
      const { segments, skipped } = sparsePart(two, from, size);
      const made: number[] = Array(size).fill(0);
      let at = skipped;
      for (const segment of segments)
        for (let index = 0; index < segment.size; index += 1, at += 1)
          made[segment.at + index] = stored[at] ?? 0;
      expect(made).toEqual(bytes.slice(from, from + size));
    }),
  );
});

test('what is no file is passed over: labels, contents of folders, data of hard links', async () => {
  const found = await archive(
    member({ path: 'BACKUP-1', flag: 'V' }, '', 'gnu'),
    member({ path: 'etc/', flag: 'D' }, 'Yhosts\0\0', 'gnu'),
    member({ path: 'etc/hosts' }, 'hosts'),
    // A size, but no data, as GNU tar takes it.
    member({ path: 'a', flag: '1', linkname: 'etc/hosts', size: 5 }),
    // A copy of the file, as pax -o linkdata writes it.
    member({ path: 'b', flag: '1', linkname: 'etc/hosts' }, 'hosts'),
    member({ path: 'c/', flag: '5', size: 4096 }),
    member({ path: 'd/', flag: '0' }),
    member({ path: 'e', flag: '7' }, 'last'),
  );
  expect(found.map(({ path, type, content }) => [path, type, content])).toEqual([
    ['etc', 'directory', ''],
    ['etc/hosts', 'file', 'hosts'],
    ['a', 'hardlink', ''],
    ['b', 'hardlink', ''],
    ['c', 'directory', ''],
    ['d', 'directory', ''],
    ['e', 'file', 'last'],
  ]);
});

test('the rest of a file in another volume of a PAX archive is refused by name', async () => {
  const records = pax(
    [
      ['GNU.volume.filename', 'f'],
      ['GNU.volume.offset', '9'],
    ],
    'g',
  );
  await expect(archive(records, member({ path: 'GNUFileParts/f.2' }, 'x'))).rejects.toThrow(
    'Cannot read archive "t.tar": "GNUFileParts/f.2": it is continued from another volume of its archive',
  );
});

test.each([
  ['M', 'it is continued from another volume of its archive'],
  ['N', 'it is a list of long names, as GNU tar wrote them before 1.12'],
  ['Z', 'it has the unknown type "Z"'],
  ['S', 'it is sparse in a form other than that of GNU tar'],
])('type %s is refused by name', async (flag, message) => {
  await expect(archive(member({ flag }, 'x'))).rejects.toThrow(
    `Cannot read archive "t.tar": "f": ${message}`,
  );
});

test('records of the whole archive count until an entry has its own, or an empty one', async () => {
  const found = await archive(
    pax(
      [
        ['mtime', '77.5'],
        ['comment', 'a commit'],
        ['uid', '3000000'],
      ],
      'g',
    ),
    member({ path: 'a' }),
    pax([
      ['mtime', ''],
      ['uid', '5'],
    ]),
    member({ path: 'b', mtime: 3 }),
  );
  expect(
    found.map(({ path, mtime, nanoseconds, uid, pax: kept }) => [path, mtime, nanoseconds, uid, kept.size]),
  ).toEqual([
    ['a', 77, 500_000_000, 3_000_000, 0],
    ['b', 3, 0, 5, 0],
  ]);
});

test.each([
  ['-1.5', -2, 0],
  ['-7', -7, 0],
  ['1e-05', 0, 10_000],
  ['1700000000.1234567891', 1_700_000_000, 123_456_789],
  ['5.', 5, 0],
])('the time %s is read', async (text, mtime, nanoseconds) => {
  expect(await archive(pax([['mtime', text]]), member({}))).toMatchObject([{ mtime, nanoseconds }]);
});

test('extended attributes are the same in every form', async () => {
  const [entry] = await archive(
    pax([
      ['SCHILY.xattr.user.a%3Db', 'both'],
      ['LIBARCHIVE.xattr.user.a%3Db', 'bm90IHRoaXM='],
      ['SCHILY.xattr.user.caf%E9', '\0\xff'],
      ['LIBARCHIVE.xattr.user.caf%E9', 'AP8='],
      ['LIBARCHIVE.xattr.user.alone', 'eA=='],
      ['LIBARCHIVE.xattr.com.apple.provenance', 'AQ=='],
      ['RHT.security.selinux', 'system_u:object_r:etc_t:s0'],
      ['SCHILY.acl.access', 'user::rw-,user:7:r--,group::r--,mask::r--,other::---'],
      ['SCHILY.xattr.user.empty', ''],
      ['SCHILY.fflags', 'uchg'],
      ['VENDOR.key', 'kept'],
    ]),
    member({}),
  );
  expect(
    [...(entry?.pax ?? [])].map(([key, value]) => [key, Buffer.from(value).toString('latin1')]).sort(),
  ).toEqual([
    ['SCHILY.xattr.security.selinux', 'system_u:object_r:etc_t:s0'],
    ['SCHILY.xattr.system.posix_acl_access', expect.stringMatching(/^\x02\0\0\0/)],
    ['SCHILY.xattr.user.a=b', 'both'],
    ['SCHILY.xattr.user.alone', 'x'],
    ['SCHILY.xattr.user.caf\udce9', '\0\xff'],
    ['SCHILY.xattr.user.empty', ''],
    ['VENDOR.key', 'kept'],
  ]);
});

test('a checksum of signed bytes counts', async () => {
  const header = member({ path: 'gr\xfc\xdfe' });
  const sum = header.reduce(
    (total, byte, at) => total + (at >= 148 && at < 156 ? 32 : (byte << 24) >> 24),
    0,
  );
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  expect(await archive(header)).toMatchObject([{ path: 'gr\xfc\xdfe' }]);
});

test.each([
  ['1f8b0800', 'it is compressed by gzip'],
  ['425a6839', 'it is compressed by bzip2'],
  ['fd377a585a00', 'it is compressed by xz'],
  ['28b52ffd', 'it is compressed by zstd'],
  ['502a4d18', 'it is compressed by zstd'],
  ['04224d18', 'it is compressed by lz4'],
  ['1f9d90', 'it is compressed by compress'],
  ['504b0304', 'it is a ZIP archive'],
  ['303730373031', 'it is a cpio archive'],
])('what begins with %s is named: %s', async (hex, what) => {
  const bytes = Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(600, 0x33)]);
  await expect(read(bytes)).rejects.toThrow(`Cannot read archive "t.tar": ${what}`);
});

test.each([
  ['text', Buffer.from('<html>not found</html>')],
  ['a disk', Buffer.alloc(2048, '\xeb\x63\x90')],
  [
    'a file system behind zeros',
    Buffer.concat([Buffer.alloc(1080), Buffer.from('53ef', 'hex'), Buffer.alloc(500)]),
  ],
])('%s is no tar archive', async (_what, bytes) => {
  await expect(read(bytes)).rejects.toThrow('Cannot read archive "t.tar": it is no tar archive');
});

test('an archive of nothing is empty', async () => {
  expect(await read(Buffer.alloc(10240))).toEqual([]);
});

test('entries behind a block of zeros are no end', async () => {
  const bytes = Buffer.concat([member({ path: 'a' }), Buffer.alloc(512), member({ path: 'b' }), end]);
  await expect(read(bytes)).rejects.toThrow(
    'a block of zeros, which marks its end, is followed by more entries',
  );
});

test('an archive may end without blocks of zeros, but not with half an entry', async () => {
  expect(await read(member({ path: 'a' }, 'x'))).toMatchObject([{ path: 'a', content: 'x' }]);
  await expect(read(pax([['mtime', '1']]))).rejects.toThrow(
    'it ends behind a header that describes the next file',
  );
});

test('names of another character set are refused', async () => {
  await expect(archive(pax([['hdrcharset', 'ISO-IR 8859 1 1998']]), member({}))).rejects.toThrow(
    'character set',
  );
  expect(
    await archive(
      pax([
        ['hdrcharset', 'BINARY'],
        ['path', 'caf\xe9'],
      ]),
      member({}),
    ),
  ).toMatchObject([{ path: 'caf\udce9' }]);
});
