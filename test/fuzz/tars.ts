import { encodeHeader } from '../../lib/archive/tar-header.ts';

const blockBytes = 512;

/** A header of GNU's form for a file of `size` bytes, with fields overwritten. */
function headerOf(
  path: string,
  size: number,
  flag = '0',
  fields: readonly [at: number, text: string][] = [],
): Buffer {
  const none = { mode: 0o644, uid: 0, gid: 0, mtime: 1, linkname: '', devmajor: 0, devminor: 0 };
  const header = encodeHeader({ ...none, path, size, flag }, 'gnu');
  for (const [at, text] of fields) header.write(text, at, 'latin1');
  return header;
}

/** An archive of one file: its size field is as given, its data one block. */
export const oldTar = (path: string, size = '00000000005\0'): Buffer =>
  Buffer.concat([
    withChecksums(headerOf(path, 5, '0', [[124, size]])),
    Buffer.alloc(3 * blockBytes, 'hello'),
  ]);

/** One file of 1 MiB with two segments, in GNU's own form, and in PAX records of versions 0.1 and 1.0. */
export function sparseTar(): Buffer[] {
  const data = Buffer.alloc(blockBytes, 'data');
  const octal = (value: number): string => `${value.toString(8).padStart(11, '0')}\0`;
  const own = headerOf('s', 512, 'S', [
    [386, `${octal(0)}${octal(256)}${octal(1 << 19)}${octal(256)}`],
    [483, octal(1 << 20)],
  ]);
  const record = (text: string): string => {
    const length = text.length + 2 + String(text.length + 3).length;
    return `${length} ${text}\n`;
  };
  const pax = (...records: readonly string[]): Buffer => {
    const body = records.map(record).join('');
    return Buffer.concat([headerOf('p', body.length, 'x'), Buffer.concat([Buffer.from(body)], blockBytes)]);
  };
  const map = Buffer.concat([Buffer.from('2\n0\n256\n524288\n256\n')], blockBytes);
  const listed = pax('GNU.sparse.size=1048576', 'GNU.sparse.map=0,256,524288,256', 'GNU.sparse.name=n');
  const stored = pax(
    'GNU.sparse.major=1',
    'GNU.sparse.minor=0',
    'GNU.sparse.realsize=1048576',
    'GNU.sparse.name=n',
  );
  return [
    [own, data],
    [listed, headerOf('s', 512), data],
    [stored, headerOf('s', 1024), map, data],
  ].map((blocks) => withChecksums(Buffer.concat([...blocks, Buffer.alloc(2 * blockBytes)])));
}

/** A copy with the right checksum in every block that has the magic number of a header. */
export function withChecksums(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  for (let at = 0; at + blockBytes <= copy.length; at += blockBytes) {
    if (copy.toString('latin1', at + 257, at + 262) !== 'ustar') continue;
    const header = copy.subarray(at, at + blockBytes);
    header.fill(' ', 148, 156);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  }
  return copy;
}
