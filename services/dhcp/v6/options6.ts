/**
 * DHCPv6 options (RFC 8415 section 21): u16 code | u16 length | value. Those of an IA have options inside.
 *
 *     IA_NA, IA_PD: u32 IAID | u32 T1 | u32 T2 | options
 *     IAADDR:       16 address | u32 preferred | u32 valid | options
 *     IAPREFIX:     u32 preferred | u32 valid | u8 length | 16 prefix | options
 *     STATUS_CODE:  u16 status | text
 */

export const code6 = {
  clientId: 1,
  serverId: 2,
  iaNa: 3,
  iaAddress: 5,
  request: 6,
  preference: 7,
  elapsed: 8,
  status: 13,
  rapidCommit: 14,
  dns: 23,
  domains: 24,
  iaPd: 25,
  iaPrefix: 26,
  sntp: 31,
  refreshTime: 32,
  ntp: 56,
  solMaxRt: 82,
  infMaxRt: 83,
} as const;

export interface Option6 {
  readonly code: number;
  readonly value: Buffer;
}

const mostOptions = 128;

/** Up to one that is longer than what is left; at most `mostOptions`. Never throws. */
export function readOptions6(bytes: Buffer): Option6[] {
  const options: Option6[] = [];
  for (let at = 0; at + 4 <= bytes.length && options.length < mostOptions; ) {
    const length = bytes.readUInt16BE(at + 2);
    if (at + 4 + length > bytes.length) break;
    options.push({ code: bytes.readUInt16BE(at), value: bytes.subarray(at + 4, at + 4 + length) });
    at += 4 + length;
  }
  return options;
}

export function encodeOption6(code: number, value: Buffer): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt16BE(code, 0);
  header.writeUInt16BE(value.length, 2);
  return Buffer.concat([header, value]);
}

/** The first option of a code that has at least `size` bytes. */
export const optionValue = (options: readonly Option6[], code: number, size = 0): Buffer | undefined =>
  options.find((option) => option.code === code && option.value.length >= size)?.value;
