import { isHost } from '../servers/names.ts';

/** Why a server's answer gives no keys. */
export class NtsRejected extends Error {
  override readonly name = 'NtsRejected';
}

/** What a server of NTS-KE gives, besides the keys. */
export interface Agreement {
  /** Each for one request; eight at most. */
  readonly cookies: readonly Buffer[];
  /** The NTP server to ask with them; undefined: the server of NTS-KE itself. */
  readonly host: string | undefined;
  /** Undefined: 123. */
  readonly port: number | undefined;
}

/** Types of records (RFC 8915, section 4.1). */
const types = {
  end: 0,
  nextProtocol: 1,
  error: 2,
  warning: 3,
  aead: 4,
  cookie: 5,
  server: 6,
  port: 7,
} as const;
const critical = 0x8000;
const errors = ['a critical record that it does not know', 'a bad request', 'an error of its own'];

/** Numbers of IANA: NTPv4, and AEAD_AES_SIV_CMAC_256, which every server has to know. */
export const ntpv4 = 0;
export const sivCmac256 = 15;

export const mostCookies = 8;
/** Bytes of one: those of servers that there are have about a hundred. */
const mostCookieBytes = 256;
/** Bytes of a whole answer. */
export const mostAnswerBytes = 16_384;
const mostRecords = 64;

interface NtsRecord {
  readonly type: number;
  readonly isCritical: boolean;
  readonly body: Buffer;
}

/** What a client says first, and all that it says. */
export const ntsRequest = (): Buffer =>
  Buffer.concat([
    record(types.nextProtocol | critical, ntpv4),
    record(types.aead | critical, sivCmac256),
    record(types.end | critical),
  ]);

/** Whether the last record of an answer has come. @throws NtsRejected if it is too long */
export const isWhole = (bytes: Buffer): boolean => readRecords(bytes).at(-1)?.type === types.end;

/** Reads a server's answer (RFC 8915, section 4). @throws NtsRejected */
export function readAgreement(bytes: Buffer): Agreement {
  const records = readRecords(bytes);
  if (records.at(-1)?.type !== types.end) throw new NtsRejected('its answer is cut short');
  for (const { type, isCritical, body } of records) {
    if (type === types.error) throw new NtsRejected(`it answers with ${errorText(body)}`);
    if (type === types.warning) throw new NtsRejected('it warns of something that this client does not know');
    if (isCritical && type > types.port)
      throw new NtsRejected(`it demands record ${type}, which is not known`);
  }
  if (!isOnly(records, types.nextProtocol, ntpv4)) throw new NtsRejected('it has no keys for NTPv4');
  if (!isOnly(records, types.aead, sivCmac256)) throw new NtsRejected('it does not know AES-SIV-CMAC-256');
  const cookies = bodiesOf(records, types.cookie).filter(isCookie).slice(0, mostCookies);
  if (cookies.length === 0) throw new NtsRejected('it gives no cookies');
  return {
    cookies: cookies.map((cookie) => Buffer.from(cookie)),
    host: hostIn(bodiesOf(records, types.server)),
    port: portIn(bodiesOf(records, types.port)),
  };
}

/** A cookie goes into a field of NTP, whose length is a multiple of four. */
export const isCookie = ({ length }: Buffer): boolean =>
  length > 0 && length <= mostCookieBytes && length % 4 === 0;

/**
 * Whole records up to the last, or to what has come so far:
 *
 *     1 bit critical, 15 type | u16 length | body
 */
function readRecords(bytes: Buffer): NtsRecord[] {
  if (bytes.length > mostAnswerBytes)
    throw new NtsRejected(`its answer is longer than ${mostAnswerBytes} bytes`);
  const records: NtsRecord[] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    const [head, length] = [bytes.readUInt16BE(at), bytes.readUInt16BE(at + 2)];
    const body = bytes.subarray(at + 4, at + 4 + length);
    if (body.length < length) break;
    if (records.length >= mostRecords)
      throw new NtsRejected(`its answer has more than ${mostRecords} records`);
    records.push({ type: head & ~critical, isCritical: head >= critical, body });
    if ((head & ~critical) === types.end) break;
    at += 4 + length;
  }
  return records;
}

function record(head: number, ...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 + 2 * numbers.length);
  bytes.writeUInt16BE(head);
  bytes.writeUInt16BE(2 * numbers.length, 2);
  for (const [index, number] of numbers.entries()) bytes.writeUInt16BE(number, 4 + 2 * index);
  return bytes;
}

const bodiesOf = (records: readonly NtsRecord[], type: number): Buffer[] =>
  records.flatMap((one) => (one.type === type ? [one.body] : []));

/** Whether there is one record of the type, and it says that number and no other. */
function isOnly(records: readonly NtsRecord[], type: number, number: number): boolean {
  const [body, ...more] = bodiesOf(records, type);
  return body?.length === 2 && body.readUInt16BE() === number && more.length === 0;
}

function errorText(body: Buffer): string {
  const code = body.length === 2 ? body.readUInt16BE() : undefined;
  return (code !== undefined && errors[code]) || 'an error that is not known';
}

function hostIn([body]: readonly Buffer[]): string | undefined {
  const host = body?.toString('latin1');
  if (host !== undefined && !isHost(host)) throw new NtsRejected('it names a server that has no name');
  return host;
}

function portIn([body]: readonly Buffer[]): number | undefined {
  const port = body?.length === 2 ? body.readUInt16BE() : undefined;
  if (body !== undefined && !port) throw new NtsRejected('it names a port that is none');
  return port;
}
