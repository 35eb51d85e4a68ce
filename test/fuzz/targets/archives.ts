import { Readable } from 'node:stream';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { bzip2Decompressed } from '../../../build/binary/bzip2/bzip2.ts';
import { fixedBound, GrowsTooLarge } from '../../../build/binary/compressed/bound.ts';
import { CannotDecompress, compressionOf, unpacked } from '../../../build/binary/compressed/compression.ts';
import { xzDecompressed } from '../../../build/binary/xz/xz.ts';
import { nameBytes, nameOfBytes } from '../../../lib/archive/file-names.ts';
import { otherFormat } from '../../../lib/archive/other-formats.ts';
import { posixAcl } from '../../../lib/archive/posix-acl.ts';
import { readTar, type TarEntry, tarBytes, tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import { entriesOfTree, leadsOut } from '../../../lib/copy/accepted.ts';
import { inFile } from '../in-file.ts';
import { attempt, attemptAll, attemptLater, check, type Target, texts } from '../target.ts';
import { oldTar, sparseTar, withChecksums } from '../tars.ts';

const tarOf = async (...entries: TarEntry[]): Promise<Buffer> =>
  Buffer.concat(await Array.fromAsync(tarBytes(entries)));

export const tar: Target = {
  reads: [
    'lib/archive/tar-read.ts#readTar',
    'lib/archive/tar-header.ts#decodeHeader',
    'lib/archive/tar-pax.ts#decodePax',
    'lib/archive/tar-numbers.ts#decodeNumber',
    'lib/archive/tar-sparse.ts#sparseMap',
    'lib/archive/tar-xattr.ts#attributeRecords',
    'lib/archive/other-formats.ts#otherFormat',
  ],
  seeds: async () => [
    await tarOf(
      tarEntry({ path: 'tmp', type: 'directory', mode: 0o1777 }),
      textEntry(`etc/${'long/'.repeat(40)}name`, 'hello\n'),
      tarEntry({ path: 'dev/null', type: 'char', devmajor: 1, devminor: 3 }),
    ),
    await tarOf(
      { ...textEntry('a', 'x'), pax: new Map([['SCHILY.xattr.user.a', Buffer.from([0, 255])]]), mtime: -1 },
      tarEntry({ path: 'b', type: 'hardlink', linkname: 'a' }),
      tarEntry({ path: 'c', type: 'symlink', linkname: '../a' }),
    ),
    ...[oldTar('x/../../etc/passwd'), oldTar('a', '\x80\0\0\0\0\0\0\0\0\0\0\x05'), ...sparseTar()],
  ],
  words: [
    'ustar\x0000',
    'ustar  \0',
    'path=../x\n',
    ' size=1\n',
    'GNU.sparse.map=0,1\n',
    '././@LongLink',
    'linkpath=',
  ],
  maxBytes: 10_240,
  run: async (bytes) => {
    otherFormat(bytes);
    const archive = withChecksums(bytes);
    await attemptLater(async () => {
      let before = 0;
      for await (const entry of readTar([archive], 'x.tar')) {
        checkEntry(entry);
        check(entry.offset >= before, 'bodies come in their order');
        before = entry.offset;
        await readBody(entry);
      }
    });
  },
};

/** Sparse files can be of any size in an archive of a few bytes. */
const bodyLimit = 1 << 16;

async function readBody({ body, size }: TarEntry): Promise<void> {
  let length = 0;
  for await (const piece of body) {
    length += piece.length;
    check(length <= size, 'a body is not longer than its entry says');
    if (length > bodyLimit) return;
  }
  check(length === size, 'a body is as long as its entry says');
}

function checkEntry({ path, size, mtime, nanoseconds, uid, gid, mode }: TarEntry): void {
  const parts = path === '' ? [] : path.split('/');
  check(!parts.some((part) => ['', '.', '..'].includes(part)), `a path stays in its folder: ${path}`);
  check(!path.includes('\0'), 'a path has no zero byte');
  const numbers = [size, mtime, nanoseconds, uid, gid, mode];
  check(numbers.every(Number.isSafeInteger), `numbers are exact: ${numbers}`);
  check(size >= 0 && mode >= 0 && mode <= 0o7777, 'numbers are in their range');
}

export const copiedTree: Target = {
  reads: ['lib/copy/accepted.ts#entriesOfTree', 'lib/copy/accepted.ts#leadsOut'],
  seeds: async () => [
    await tarOf(tarEntry({ path: 'x', type: 'directory' }), textEntry('x/a', 'b')),
    await tarOf(
      tarEntry({ path: 'x', type: 'directory' }),
      tarEntry({ path: 'x/l', type: 'symlink', linkname: '../../y' }),
    ),
  ],
  words: ['x/', 'x/../', 'y', 'path=x/a\n', 'linkpath=/etc\n'],
  maxBytes: 10_240,
  run: async (bytes) => {
    const entries = await attemptAll(() => entriesOfTree(readTar([withChecksums(bytes)], 'x.tar'), 'x'));
    for (const { path, type, linkname } of entries ?? []) {
      check(path === 'x' || path.startsWith('x/'), `nothing beside what was asked for: ${path}`);
      const entry = tarEntry({ path, type, linkname });
      if (type === 'symlink' && linkname.startsWith('/'))
        check(leadsOut(entry, 'x'), 'an absolute link leads out');
    }
  },
};

export const fileNames: Target = {
  reads: ['lib/archive/file-names.ts#nameOfBytes', 'lib/archive/file-names.ts#nameBytes'],
  seeds: () => [
    Buffer.from('caf\xe9', 'latin1'),
    Buffer.from('caf\u00e9'),
    Buffer.from('\ufeffa'),
    Buffer.from('edb280', 'hex'),
    // A character whose second half in UTF-16 is one that stands for a byte.
    Buffer.from('f090b28080', 'hex'),
  ],
  words: ['\xff', '\xc3\xa9', '\xed\xb2\x80', '/'],
  run: (bytes) => {
    check(nameBytes(nameOfBytes(bytes)).equals(bytes), 'a name is its bytes');
  },
};

export const accessControlList: Target = {
  reads: ['lib/archive/posix-acl.ts#posixAcl'],
  seeds: () =>
    texts('user::rwx,user:lisa:r-x:1000,group::r-x,mask::r-x,other::---', 'u::rw-\ng::r--\no:r--\n'),
  words: ['user:', 'group:', 'mask:', 'other:', 'r-x', ':1000', 'default:', ',', 'constructor', '4294967296'],
  run: (bytes) => {
    const text = bytes.toString();
    for (const kind of ['access', 'default'] as const) attempt(() => posixAcl(text, kind), RangeError);
  },
};

export const compressed: Target = {
  reads: [
    'build/binary/compressed/compression.ts#compressionOf',
    'build/binary/compressed/compression.ts#unpacked',
  ],
  seeds: () => [
    Buffer.concat([gzipSync('hello'), gzipSync('world'), Buffer.alloc(512)]),
    Buffer.concat([zstdCompressSync('hello'), Buffer.from('502a4d180400000001020304', 'hex')]),
    Buffer.from('hello'),
  ],
  words: ['\x1f\x8b\x08', '\x28\xb5\x2f\xfd', '\x50\x2a\x4d\x18'],
  run: (bytes) =>
    inFile(bytes, async (file) => {
      const kind = await compressionOf(file);
      const read = () => unpacked(file, kind, fixedBound(1));
      const pieces = await attemptAll(read, CannotDecompress, GrowsTooLarge);
      const size = pieces?.reduce((sum, piece) => sum + piece.length, 0) ?? 0;
      check(size <= 1 << 20, 'no more than the bound');
    }),
};

export const bzip2: Target = {
  reads: ['build/binary/bzip2/bzip2.ts#bzip2Decompressed'],
  seeds: () => {
    const hello = Buffer.from('QlpoOTFBWSZTWeW18wkAAARRAAAQQAACRKAAIbUYDAKQacKjC7kinChIctr5hIA=', 'base64');
    return [hello, Buffer.concat([hello, hello, Buffer.alloc(100)])];
  },
  words: ['BZh9', '1AY&SY', '\x17\x72\x45\x38\x50\x90'],
  run: async (bytes) => {
    let size = 0;
    await attemptLater(async () => {
      for await (const piece of bzip2Decompressed(Readable.from([bytes]))) {
        size += piece.length;
        // A block may become a hundred thousand times as long.
        if (size > 1 << 20) return;
      }
    }, RangeError);
  },
};

export const xz: Target = {
  reads: ['build/binary/xz/xz.ts#xzDecompressed'],
  seeds: () => [
    Buffer.from(
      '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AARAAxdADQZSe6N6U9+ISGwAAAfAdnIh8FDyAABKBLJamKOH7bzfQEAAAAABFla',
      'base64',
    ),
  ],
  words: ['\xfd7zXZ\0', 'YZ'],
  maxBytes: 512,
  run: async (bytes) => {
    await attemptAll(() => xzDecompressed(Readable.from([bytes])), Error);
  },
};
