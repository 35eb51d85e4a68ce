/** What a shared library for tests says of itself. */
interface ElfPart {
  readonly machine?: 'x64' | 'arm64';
  readonly needed?: readonly string[];
  readonly versions?: readonly string[];
  readonly symbols?: readonly string[];
}

/** A shared library with a dynamic section and nothing else, elf(5): header, two segments, tables. */
export function elfBytes({ machine = 'x64', needed = [], versions = [], symbols = [] }: ElfPart): Buffer {
  const texts = ['', ...needed, ...versions, ...symbols];
  const strings = Buffer.from(`${texts.join('\0')}\0`);
  const offsetOf = (text: string): number => (text === '' ? 0 : strings.indexOf(`\0${text}\0`) + 1);
  const [verneedAt, verneedSize] = [64 + 2 * 56, 16 + 16 * versions.length];
  const stringsAt = verneedAt + verneedSize;
  const dynamicAt = stringsAt + strings.length;
  const entries: [number, number][] = [
    ...needed.map((name): [number, number] => [1, offsetOf(name)]),
    [5, stringsAt],
    [10, strings.length],
    ...(versions.length > 0
      ? ([
          [0x6ffffffe, verneedAt],
          [0x6fffffff, 1],
        ] as [number, number][])
      : []),
    [0, 0],
  ];
  const bytes = Buffer.alloc(dynamicAt + 16 * entries.length);
  bytes.write('\x7fELF\x02\x01\x01', 0, 'latin1');
  bytes.writeUInt16LE(3, 16);
  bytes.writeUInt16LE(machine === 'x64' ? 0x3e : 0xb7, 18);
  bytes.writeBigUInt64LE(64n, 32);
  bytes.writeUInt16LE(56, 54);
  bytes.writeUInt16LE(2, 56);
  segment(bytes, 64, 1, 0, bytes.length);
  segment(bytes, 64 + 56, 2, dynamicAt, 16 * entries.length);
  bytes.writeUInt16LE(versions.length, verneedAt + 2);
  bytes.writeUInt32LE(16, verneedAt + 8);
  versions.forEach((name, at) => {
    bytes.writeUInt32LE(offsetOf(name), verneedAt + 16 + 16 * at + 8);
    bytes.writeUInt32LE(16, verneedAt + 16 + 16 * at + 12);
  });
  strings.copy(bytes, stringsAt);
  entries.forEach(([tag, value], at) => {
    bytes.writeBigUInt64LE(BigInt(tag), dynamicAt + 16 * at);
    bytes.writeBigUInt64LE(BigInt(value), dynamicAt + 16 * at + 8);
  });
  return bytes;
}

/** A program header whose address is its offset. */
function segment(bytes: Buffer, at: number, type: number, offset: number, size: number): void {
  bytes.writeUInt32LE(type, at);
  bytes.writeBigUInt64LE(BigInt(offset), at + 8);
  bytes.writeBigUInt64LE(BigInt(offset), at + 16);
  bytes.writeBigUInt64LE(BigInt(size), at + 32);
}
