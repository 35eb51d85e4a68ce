/** CRC-32 as bzip2 counts it: the highest bit of each byte first. */
export class Checksum {
  #sum = 0xffff_ffff;

  add(bytes: Uint8Array): void {
    let sum = this.#sum;
    for (let at = 0; at < bytes.length; at += 1)
      sum = (sum << 8) ^ (table[(sum >>> 24) ^ (bytes[at] ?? 0)] ?? 0);
    this.#sum = sum;
  }

  get value(): number {
    return ~this.#sum >>> 0;
  }
}

const polynomial = 0x04c1_1db7;

const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) sum = sum < 0 ? (sum << 1) ^ polynomial : sum << 1;
  return sum;
});
