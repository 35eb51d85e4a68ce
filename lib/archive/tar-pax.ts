import { nameBytes, nameOfBytes } from './file-names.ts';

/** A keyword and its value; GNU tar's sparse files have the same keyword more than once. */
export type PaxRecord = readonly [key: string, value: Buffer];

/**
 * PAX records (pax(1), "pax Extended Header"): `"%d %s=%s\n", <length>, <keyword>, <value>`, where the
 * length counts the whole record with its own digits and the newline.
 */
export function encodePax(records: ReadonlyMap<string, Uint8Array>): Buffer {
  return Buffer.concat([...records].flatMap(([key, value]) => record(key, value)));
}

function record(key: string, value: Uint8Array): Uint8Array[] {
  const middle = nameBytes(` ${key}=`);
  const rest = middle.length + value.length + 1;
  let length = rest + String(rest).length;
  // The digits count too, and may make the length one digit longer (99 -> 101).
  length = rest + String(length).length;
  return [Buffer.from(String(length)), middle, value, Buffer.from('\n')];
}

/** In their order. @throws RangeError for a record whose length does not fit */
export function decodePax(body: Buffer): PaxRecord[] {
  const records: PaxRecord[] = [];
  for (let at = 0; at < body.length; ) {
    const space = body.indexOf(0x20, at);
    const digits = body.toString('latin1', at, Math.max(at, Math.min(space, at + 10)));
    const end = at + Number(digits);
    const equals = body.indexOf(0x3d, space);
    if (!/^\d+$/.test(digits) || end > body.length || equals < 0 || equals >= end || body[end - 1] !== 0x0a) {
      throw new RangeError('a PAX record is damaged');
    }
    records.push([nameOfBytes(body.subarray(space + 1, equals)), body.subarray(equals + 1, end - 1)]);
    at = end;
  }
  return records;
}
