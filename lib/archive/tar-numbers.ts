/**
 * The numbers of tar headers: octal text, padded with spaces or zero bytes at either end; or, as GNU tar
 * writes what is too large or negative, a two's complement number in base 256 whose first bit is set to mark
 * it (GNU tar, "Extensions").
 */

/** Largest number that fits the octal field of this many bytes. */
export const octalLimit = (width: number): number => 8 ** (width - 1) - 1;

/** @param what names the field in messages @throws RangeError */
export function decodeNumber(field: Buffer, what: string): number {
  if ((field[0] ?? 0) & 0x80) return base256(field, what);
  const text = field.toString('latin1').replace(/^[ \0]+/, '');
  const digits = text.replace(/[ \0].*$/s, '');
  if (!/^[0-7]*$/.test(digits)) throw new RangeError(`a header has ${JSON.stringify(digits)} as its ${what}`);
  return digits === '' ? 0 : Number.parseInt(digits, 8);
}

/** Octal text that ends with a zero byte. The number must fit. */
export function writeOctal(value: number, field: Buffer): void {
  if (!(value >= 0 && value <= octalLimit(field.length))) {
    throw new Error(`the number ${value} does not fit into ${field.length - 1} octal digits`);
  }
  field.write(value.toString(8).padStart(field.length - 1, '0'), 0, 'latin1');
}

/** Octal text where it fits, else base 256. */
export function writeGnuNumber(value: number, field: Buffer): void {
  if (value >= 0 && value <= octalLimit(field.length)) {
    writeOctal(value, field);
    return;
  }
  let rest = BigInt.asUintN(8 * field.length, BigInt(value));
  for (let at = field.length - 1; at >= 0; at -= 1) {
    field[at] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  field[0] = value < 0 ? 0xff : 0x80;
}

function base256(field: Buffer, what: string): number {
  const bits = field.length * 8 - 1;
  const all = field.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const value = Number(BigInt.asIntN(bits, all));
  if (Number.isSafeInteger(value)) return value;
  throw new RangeError(`a header has a ${what} that is too large`);
}
