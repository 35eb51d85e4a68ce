/** A program for Linux on arm64 that prints "hello" and ends with status 7, an ELF file of one segment. */
export function helloArm64(): Buffer {
  const base = 0x400000;
  const [headerBytes, segmentBytes] = [64, 56];
  const start = headerBytes + segmentBytes;
  // mov x0, 1; adr x1, text; mov x2, 6; mov x8, write; svc; mov x0, 7; mov x8, exit; svc
  const code = [
    ...[0xd2800020, 0x100000e1, 0xd28000c2, 0xd2800808, 0xd4000001],
    ...[0xd28000e0, 0xd2800ba8, 0xd4000001],
  ];
  const text = Buffer.from('hello\n');
  const file = Buffer.alloc(start + code.length * 4 + text.length);
  file.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  file.writeUInt16LE(2, 16);
  file.writeUInt16LE(183, 18);
  file.writeUInt32LE(1, 20);
  file.writeBigUInt64LE(BigInt(base + start), 24);
  file.writeBigUInt64LE(BigInt(headerBytes), 32);
  file.writeUInt16LE(headerBytes, 52);
  file.writeUInt16LE(segmentBytes, 54);
  file.writeUInt16LE(1, 56);
  // PT_LOAD, readable and executable
  file.writeUInt32LE(1, headerBytes);
  file.writeUInt32LE(5, headerBytes + 4);
  file.writeBigUInt64LE(BigInt(base), headerBytes + 16);
  file.writeBigUInt64LE(BigInt(base), headerBytes + 24);
  file.writeBigUInt64LE(BigInt(file.length), headerBytes + 32);
  file.writeBigUInt64LE(BigInt(file.length), headerBytes + 40);
  file.writeBigUInt64LE(0x10000n, headerBytes + 48);
  for (const [at, word] of code.entries()) file.writeUInt32LE(word, start + at * 4);
  file.set(text, start + code.length * 4);
  return file;
}
