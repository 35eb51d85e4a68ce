import { type IcuItem, writeIcuPackage } from './icu-package.ts';

/** The header of ICU's data for little-endian processors. */
export const icuHeader = Buffer.alloc(64);
icuHeader.writeUInt16LE(64, 0);
icuHeader.writeUInt16BE(0xda27, 2);
icuHeader.writeUInt16LE(20, 4);
icuHeader.write('\0\0\x02\0CmnD\x01\0\0\0\x03\0\0\0 a comment', 8, 'latin1');

/** A package with these items, each with its own name as data. */
export function icuPackageOf(...names: readonly string[]): Buffer {
  const items: IcuItem[] = names.map((name) => ({
    name: `icudt78l/${name}`,
    data: Buffer.from(`of ${name}`),
  }));
  return writeIcuPackage({ header: icuHeader, items });
}
