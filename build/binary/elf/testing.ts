/** An ELF file of 64 bits with one section of data, which a dynamic symbol names from byte 16 of it on. */
export function elfWith(name: string, data: Buffer): Buffer {
  const strings = Buffer.from(`\0other\0${name}\0`, 'latin1');
  const [symbolsAt, stringsAt] = [64, 64 + 72];
  const dataAt = stringsAt + Math.ceil(strings.length / 16) * 16;
  const sectionsAt = dataAt + 16 + Math.ceil(data.length / 16) * 16;
  const bytes = Buffer.alloc(sectionsAt + 4 * 64);
  bytes.write('\x7fELF\x02\x01', 'latin1');
  bytes.writeBigUInt64LE(BigInt(sectionsAt), 40);
  bytes.writeUInt16LE(64, 58);
  bytes.writeUInt16LE(4, 60);
  // The first symbol is empty, and the second another's.
  symbol(bytes.subarray(symbolsAt + 24), { name: 1, section: 3, value: 0x400000, size: 4 });
  symbol(bytes.subarray(symbolsAt + 48), { name: 7, section: 3, value: 0x400010, size: data.length });
  strings.copy(bytes, stringsAt);
  data.copy(bytes, dataAt + 16);
  const sections = [
    { type: 11, address: 0, offset: symbolsAt, size: 72, link: 2 },
    { type: 3, address: 0, offset: stringsAt, size: strings.length, link: 0 },
    { type: 1, address: 0x400000, offset: dataAt, size: 16 + data.length, link: 0 },
  ];
  for (const [index, one] of sections.entries()) {
    const header = bytes.subarray(sectionsAt + (index + 1) * 64);
    header.writeUInt32LE(one.type, 4);
    for (const [at, value] of [
      [16, one.address],
      [24, one.offset],
      [32, one.size],
    ] as const)
      header.writeBigUInt64LE(BigInt(value), at);
    header.writeUInt32LE(one.link, 40);
  }
  return bytes;
}

function symbol(
  bytes: Buffer,
  { name, section, value, size }: { name: number; section: number; value: number; size: number },
): void {
  bytes.writeUInt32LE(name, 0);
  bytes.writeUInt16LE(section, 6);
  bytes.writeBigUInt64LE(BigInt(value), 8);
  bytes.writeBigUInt64LE(BigInt(size), 16);
}
