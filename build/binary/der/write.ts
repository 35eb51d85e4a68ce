/** DER (ITU-T X.690), as far as certificates and signatures need it: each function returns a whole value. */

/** A value of a tag, with these bytes or values in it. */
export function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const length = contents.reduce((sum, { length: bytes }) => sum + bytes, 0);
  return Buffer.concat([Buffer.from([tag, ...lengthBytes(length)]), ...contents]);
}

function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 | bytes.length, ...bytes];
}

export const sequence = (...values: readonly Uint8Array[]): Buffer => der(0x30, ...values);

/** A set of one kind of value: DER has them in the order of their bytes. */
export const setOf = (...values: readonly Uint8Array[]): Buffer =>
  der(0x31, ...values.toSorted((a, b) => Buffer.compare(a, b)));

/** An explicit tag of the context: `[0]`. */
export const context = (number: number, ...values: readonly Uint8Array[]): Buffer =>
  der(0xa0 | number, ...values);

export const octets = (bytes: Uint8Array): Buffer => der(0x04, bytes);
export const bits = (bytes: Uint8Array): Buffer => der(0x03, Buffer.from([0]), bytes);
export const utf8 = (text: string): Buffer => der(0x0c, Buffer.from(text));
export const none = Buffer.from([0x05, 0x00]);
export const yes = der(0x01, Buffer.from([0xff]));

/** A number of big-endian bytes, not negative. */
export function unsigned(bytes: Uint8Array): Buffer {
  const start = bytes.findIndex((byte) => byte !== 0);
  const digits = start === -1 ? Buffer.from([0]) : bytes.subarray(start);
  return (digits[0] ?? 0) < 0x80 ? der(0x02, digits) : der(0x02, Buffer.from([0]), digits);
}

/** `1.2.840.113549.1.7.2` */
export function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  return der(0x06, Buffer.from([first * 40 + second, ...rest].flatMap(base128)));
}

function base128(value: number): number[] {
  const bytes = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128))
    bytes.unshift(0x80 | (rest % 128));
  return bytes;
}

/** UTCTime up to 2049, GeneralizedTime after it, as RFC 5280, 4.1.2.5, wants it. */
export function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]|\.\d+/g, '');
  return date.getUTCFullYear() < 2050
    ? der(0x17, Buffer.from(digits.slice(2)))
    : der(0x18, Buffer.from(digits));
}
