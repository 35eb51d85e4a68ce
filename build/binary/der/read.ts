/** A value of DER (ITU-T X.690), whole: its length lies within the bytes that it was read from. */
export interface DerValue {
  readonly tag: number;
  /** Its contents. */
  readonly body: Buffer;
  /** Tag, length and contents. */
  readonly whole: Buffer;
}

/** Values in one another are read one level at a time, and there are never more than these in one. */
const mostValues = 1000;

/**
 * The values that follow each other in these bytes, and nothing behind them. Lengths have the one form that
 * DER allows. @throws RangeError for anything else
 */
export function readDer(bytes: Buffer): DerValue[] {
  const values: DerValue[] = [];
  for (let at = 0; at < bytes.length; ) {
    const value = readValue(bytes, at);
    values.push(value);
    if (values.length > mostValues) throw new RangeError(`it has more than ${mostValues} values in one`);
    at += value.whole.length;
  }
  return values;
}

/** The first value in these bytes, whatever is behind it. @throws RangeError if it is not whole */
export function readValue(bytes: Buffer, at = 0): DerValue {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined) throw new RangeError('it ends within a value');
  if ((tag & 0x1f) === 0x1f) throw new RangeError('it has a tag of several bytes');
  const count = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || count > 4) throw new RangeError('it has a value without a definite length');
  const start = at + 2 + count;
  if (start > bytes.length) throw new RangeError('it ends within a value');
  const length = count === 0 ? first : bytes.readUIntBE(at + 2, count);
  if (count > 0 && (length < 0x80 || length < 256 ** (count - 1)))
    throw new RangeError('it has a length that is longer than needed');
  if (start + length > bytes.length) throw new RangeError('it ends within a value');
  return { tag, body: bytes.subarray(start, start + length), whole: bytes.subarray(at, start + length) };
}

/** The contents of a value of this tag. @throws RangeError for another one, or none */
export function contentsOf(value: DerValue | undefined, tag: number): Buffer {
  if (value?.tag === tag) return value.body;
  const found = value ? `0x${value.tag.toString(16)}` : 'nothing';
  throw new RangeError(`it has ${found} where 0x${tag.toString(16)} was expected`);
}

/** The values in a value of this tag. @throws RangeError */
export const valuesIn = (value: DerValue | undefined, tag: number): DerValue[] =>
  readDer(contentsOf(value, tag));
