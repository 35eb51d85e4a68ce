import { placeAt, type UdfPlace, type UdfSpace } from './space.ts';
import { checkTag, tags } from './tag.ts';

export interface UdfFile {
  readonly kind: 'file' | 'folder' | 'other';
  readonly bytes: number;
  /** @throws RangeError when the volume is damaged, or does not store it in a form that is read */
  content(): Promise<Buffer>;
}

const fileTypes: Readonly<Record<number, UdfFile['kind']>> = { 4: 'folder', 5: 'file' };
/** Of the flags: how the rest of the entry says where the content is. */
const forms = { short: 0, long: 1, embedded: 3 } as const;

/**
 * A file or folder by its entry (ECMA-167 4/14.9, 4/14.17), which is one block.
 *
 * ```
 * entry  20 u16 strategy | 27 u8 type | 34 u16 flags, of which 3 bits are the form | 56 u64 bytes |
 *        168 u32 bytes of attributes | 172 u32 bytes of descriptors | 176 both; in the extended entry the
 *        last three are 40 bytes later
 * ```
 */
export async function readFileEntry(space: UdfSpace, place: UdfPlace): Promise<UdfFile> {
  const entry = await space.read(place, space.blockBytes);
  checkTag(entry, 'the entry of a file', tags.fileEntry, tags.extendedFileEntry);
  if (entry.readUInt16LE(20) !== 4) throw new RangeError('Cannot read UDF: it is made for writing once');
  const bytes = Number(entry.readBigUInt64LE(56));
  if (!Number.isSafeInteger(bytes)) throw new RangeError('Cannot read UDF: the length of a file is damaged');
  const at = entry.readUInt16LE(0) === tags.extendedFileEntry ? 208 : 168;
  const start = at + 8 + entry.readUInt32LE(at);
  const rest = entry.subarray(start, start + entry.readUInt32LE(at + 4));
  const form = entry.readUInt16LE(34) & 7;
  return {
    kind: fileTypes[entry.readUInt8(27)] ?? 'other',
    bytes,
    content: async () => {
      const pieces = form === forms.embedded ? [rest] : await piecesOf(space, place, rest, form, bytes);
      const whole = Buffer.concat(pieces).subarray(0, bytes);
      if (whole.length < bytes) throw new RangeError('Cannot read UDF: a file ends before its length');
      return whole;
    },
  };
}

/**
 * ```
 * short  0 u32 bytes, of which two bits are the kind | 4 u32 block
 * long   the same | 8 u16 partition | 10 six bytes
 * ```
 * Of the kinds, 0 is recorded, 1 and 2 are zeros, and 3 names a block with more descriptors.
 */
async function piecesOf(
  space: UdfSpace,
  { partition }: UdfPlace,
  descriptors: Buffer,
  form: number,
  bytes: number,
): Promise<Buffer[]> {
  if (form !== forms.short && form !== forms.long)
    throw new RangeError('Cannot read UDF: a file is stored in a form that is not read');
  const step = form === forms.short ? 8 : 16;
  const pieces: Buffer[] = [];
  let left = bytes;
  for (let at = 0; at + step <= descriptors.length && left > 0; at += step) {
    const word = descriptors.readUInt32LE(at);
    const [kind, count] = [word >>> 30, Math.min(word & 0x3fff_ffff, left)];
    if (count === 0) break;
    if (kind === 3) throw new RangeError('Cannot read UDF: a file is in more pieces than are read');
    const place =
      form === forms.long
        ? placeAt(descriptors, at + 4)
        : { block: descriptors.readUInt32LE(at + 4), partition };
    pieces.push(kind === 0 ? await space.read(place, count) : Buffer.alloc(count));
    left -= count;
  }
  return pieces;
}
