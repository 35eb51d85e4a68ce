/*
 * ICU's data in one piece, as programs contain it (icu4c/source/common/ucmndata.h, unicode/udata.h):
 *
 *   u16 size of the header, 0xda 0x27, UDataInfo (u16 size, u16, u8 big-endian, u8 charset, …, "CmnD"),
 *   a comment
 *   u32 number of items, then for each: u32 offset of its name, u32 offset of its data, from here
 *   the names, each with a zero byte: "icudt78l/brkitr/root.res", in the order of their bytes
 *   the data of each, at multiples of 16
 */

export interface IcuItem {
  /** `icudt78l/zoneinfo64.res` */
  readonly name: string;
  readonly data: Buffer;
}

export interface IcuPackage {
  /** With the comment, up to the number of items. */
  readonly header: Buffer;
  readonly items: readonly IcuItem[];
}

/** Reads a package of little-endian data. Undefined for anything else, and for one that is damaged. */
export function readIcuPackage(bytes: Buffer): IcuPackage | undefined {
  const isPackage =
    bytes.length >= 32 &&
    bytes.readUInt16BE(2) === 0xda27 &&
    bytes[8] === 0 &&
    bytes.toString('latin1', 12, 16) === 'CmnD';
  const start = isPackage ? bytes.readUInt16LE(0) : 0;
  if (start < 32 || start + 4 > bytes.length) return undefined;
  const count = bytes.readUInt32LE(start);
  if (count === 0 || count > (bytes.length - start - 4) / 8) return undefined;
  const items: IcuItem[] = [];
  for (let index = 0; index < count; index += 1) {
    const entry = start + 4 + index * 8;
    const name = nameAt(bytes, start + bytes.readUInt32LE(entry));
    const from = start + bytes.readUInt32LE(entry + 4);
    // Of the last item ICU does not know the length.
    const to = index + 1 < count ? start + bytes.readUInt32LE(entry + 12) : bytes.length;
    const before = items.at(-1)?.name ?? '';
    if (name === undefined || name <= before || from < entry || from > to || to > bytes.length)
      return undefined;
    items.push({ name, data: bytes.subarray(from, to) });
  }
  return { header: bytes.subarray(0, start), items };
}

/** Names are short: a folder, and a file. */
function nameAt(bytes: Buffer, at: number): string | undefined {
  const text = bytes.subarray(at, at + 256);
  const end = text.indexOf(0);
  return end <= 0 ? undefined : text.toString('latin1', 0, end);
}

/**
 * A package with these items, which are in order. An empty one follows them, since ICU takes the length of an
 * item from where the next begins: of the last it checks none, and refuses the time zones if they are last.
 */
export function writeIcuPackage({ header, items }: IcuPackage): Buffer {
  const folder = items[0]?.name.split('/')[0] ?? '';
  const last = { name: `${folder}/~`, data: Buffer.alloc(0) };
  const all = items.at(-1)?.name === last.name ? items : [...items, last];
  const names = all.map(({ name }) => Buffer.from(`${name}\0`, 'latin1'));
  const table = Buffer.alloc(4 + all.length * 8);
  table.writeUInt32LE(all.length);
  let name = table.length;
  let data = aligned(header.length + name + lengthOf(names)) - header.length;
  for (const [index, item] of all.entries()) {
    table.writeUInt32LE(name, 4 + index * 8);
    table.writeUInt32LE(data, 8 + index * 8);
    name += item.name.length + 1;
    data += aligned(item.data.length);
  }
  const front = padded(Buffer.concat([header, table, ...names]));
  return Buffer.concat([front, ...all.map((item) => padded(item.data))]);
}

const aligned = (length: number): number => Math.ceil(length / 16) * 16;

const padded = (bytes: Buffer): Buffer =>
  Buffer.concat([bytes, Buffer.alloc(aligned(bytes.length) - bytes.length)]);

const lengthOf = (parts: readonly Buffer[]): number => parts.reduce((sum, { length }) => sum + length, 0);
