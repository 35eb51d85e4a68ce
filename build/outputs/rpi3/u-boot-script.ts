import { crc32 } from 'node:zlib';

/**
 * A script that U-Boot runs at boot: a legacy image (doc/mkimage.1, include/image.h) of a big-endian header
 * of 64 bytes (magic, CRC of the header, time, bytes of data, load and entry address, CRC of the data,
 * operating system, architecture, type, compression, name of 32), then the length of the text, a zero, and
 * the text.
 */
export function uBootScript(text: string, name: string): Buffer {
  const body = Buffer.from(text);
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32BE(body.length);
  const data = Buffer.concat([lengths, body]);
  const header = Buffer.alloc(64);
  header.writeUInt32BE(0x2705_1956, 0);
  header.writeUInt32BE(data.length, 12);
  header.writeUInt32BE(crc32(data), 24);
  header.set([kinds.linux, kinds.arm64, kinds.script, kinds.plain], 28);
  header.write(name, 32, 31, 'latin1');
  header.writeUInt32BE(crc32(header), 4);
  return Buffer.concat([header, data]);
}

/** IH_OS_LINUX, IH_ARCH_ARM64, IH_TYPE_SCRIPT, IH_COMP_NONE */
const kinds = { linux: 5, arm64: 22, script: 6, plain: 0 } as const;
