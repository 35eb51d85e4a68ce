/** Zeros with latin1 texts at these offsets. */
export function withText(length: number, texts: readonly (readonly [at: number, text: string])[]): Buffer {
  const bytes = Buffer.alloc(length);
  for (const [at, text] of texts) bytes.write(text, at, 'latin1');
  return bytes;
}

/** A disk with this boot sector and a GPT whose second entry is an EFI system partition. */
export function gptImage(mbr: Buffer): Buffer {
  const header = withText(512, [[0, 'EFI PART']]);
  header.writeBigUInt64LE(2n, 72);
  header.writeUInt32LE(128, 80);
  header.writeUInt32LE(128, 84);
  const entries = Buffer.alloc(128 * 128);
  entries.fill(0x11, 0, 16);
  entries.write('28732ac11ff8d211ba4b00a0c93ec93b', 128, 'hex');
  return Buffer.concat([mbr, header, entries]);
}

/** An ISO 9660 volume with an El Torito boot entry for each of these platform ids. */
export function isoImage(platforms: readonly number[]): Buffer {
  const sector = 2048;
  const image = withText(20 * sector, [
    [16 * sector, '\x01CD001'],
    [17 * sector, '\x00CD001\x01EL TORITO SPECIFICATION'],
    [18 * sector, '\xffCD001'],
  ]);
  image.writeUInt32LE(19, 17 * sector + 71);
  for (const [index, platform] of platforms.entries()) {
    const at = 19 * sector + 64 * index;
    image[at] = index === 0 ? 0x01 : index === platforms.length - 1 ? 0x91 : 0x90;
    image[at + 1] = platform;
    image[at + 32] = 0x88;
  }
  return image;
}
