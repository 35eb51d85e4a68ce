/** DHCPv6 messages (RFC 8415 section 8): u8 type | u24 transaction id | options. */

import { visible } from '../../../lib/errors/visible.ts';
import { ipAddress, ipText } from '../../../lib/net/ip.ts';
import { readDomainSearch } from '../protocol/domain-search.ts';
import { addressFault6, prefixFault6, resolverFault, serverFault } from './judge6.ts';
import { addressesIn, ntpServers } from './ntp6.ts';
import { code6, encodeOption6, type Option6, optionValue, readOptions6 } from './options6.ts';

export const messageTypes6 = {
  ...{
    solicit: 1,
    advertise: 2,
    request: 3,
    confirm: 4,
    renew: 5,
    rebind: 6,
    reply: 7,
    release: 8,
    decline: 9,
  },
  'information-request': 11,
} as const;

export interface ClientMessage6 {
  readonly type: Exclude<keyof typeof messageTypes6, 'advertise' | 'reply'>;
  readonly xid: number;
  readonly duid: Buffer;
  readonly server?: Buffer | undefined;
  readonly elapsedMs: number;
  readonly iaid: number;
  /** With those that the client has or wants; absent: no IA_NA. */
  readonly addresses?: readonly string[] | undefined;
  /** The prefixes that it has, or the length that it wants; absent: no IA_PD. */
  readonly prefixes?: readonly { readonly prefix: string; readonly length: number }[] | undefined;
}

export interface LeasedAddress {
  readonly address: string;
  /** Seconds; Infinity for ever. */
  readonly preferred: number;
  readonly valid: number;
}

export interface LeasedPrefix {
  readonly prefix: string;
  readonly length: number;
  readonly preferred: number;
  readonly valid: number;
}

/** An IA of a reply: T1 and T2 are seconds, and 0 leaves them to the client. */
export interface Association<T> {
  readonly renewal: number;
  readonly rebinding: number;
  readonly leased: readonly T[];
  readonly status: Status;
}

export interface Status {
  readonly code: number;
  /** Printable. */
  readonly text: string;
}

export interface ServerMessage6 {
  readonly type: 'advertise' | 'reply';
  readonly xid: number;
  /** The DUID of the client it is for, and of its sender. */
  readonly client: Buffer;
  readonly server: Buffer;
  readonly preference: number;
  readonly rapidCommit: boolean;
  readonly status: Status;
  readonly addresses?: Association<LeasedAddress> | undefined;
  readonly prefixes?: Association<LeasedPrefix> | undefined;
  readonly dns: readonly string[];
  readonly search: readonly string[];
  readonly ntp: readonly string[];
  /** Seconds; absent: a day. */
  readonly refresh?: number | undefined;
  /** What was left out: `address ::1: not the address of a host`. */
  readonly faults: readonly string[];
}

export const statusCodes = { success: 0, noAddresses: 2, noBinding: 3, notOnLink: 4, noPrefix: 6 } as const;

const infinite = 0xffffffff;
const mostLeased = 8;
const mostFaults = 8;
const mostDuid = 130;

const requested = [code6.dns, code6.domains, code6.sntp, code6.ntp, code6.solMaxRt] as const;

export function encodeMessage6(message: ClientMessage6): Buffer {
  const { type, xid, duid, server, elapsedMs, iaid, addresses, prefixes } = message;
  const header = Buffer.alloc(4);
  header.writeUInt32BE((messageTypes6[type] << 24) | (xid & 0xffffff));
  const elapsed = u16(Math.min(0xffff, Math.round(elapsedMs / 10)));
  const wanted =
    type === 'information-request' ? [...requested, code6.refreshTime, code6.infMaxRt] : requested;
  const asks = type !== 'release' && type !== 'decline' && type !== 'confirm';
  return Buffer.concat([
    header,
    encodeOption6(code6.clientId, duid),
    ...(server ? [encodeOption6(code6.serverId, server)] : []),
    encodeOption6(code6.elapsed, elapsed),
    ...(asks ? [encodeOption6(code6.request, Buffer.concat(wanted.map(u16)))] : []),
    ...(addresses ? [encodeOption6(code6.iaNa, association(iaid, addresses.map(iaAddress)))] : []),
    ...(prefixes ? [encodeOption6(code6.iaPd, association(iaid, prefixes.map(iaPrefix)))] : []),
  ]);
}

const association = (iaid: number, options: readonly Buffer[]): Buffer =>
  Buffer.concat([u32(iaid), u32(0), u32(0), ...options]);

const iaAddress = (address: string): Buffer =>
  encodeOption6(code6.iaAddress, Buffer.concat([ipAddress(address).bytes, u32(0), u32(0)]));

const iaPrefix = ({ prefix, length }: { prefix: string; length: number }): Buffer =>
  encodeOption6(code6.iaPrefix, Buffer.concat([u32(0), u32(0), Buffer.of(length), ipAddress(prefix).bytes]));

/** Undefined for anything but a whole ADVERTISE or REPLY; what cannot be taken is named. Never throws. */
export function decodeMessage6(bytes: Buffer): ServerMessage6 | undefined {
  if (bytes.length < 4) return undefined;
  const type = ({ 2: 'advertise', 7: 'reply' } as const)[bytes.readUInt8(0)];
  const options = readOptions6(bytes.subarray(4));
  const [client, server] = [optionValue(options, code6.clientId, 3), optionValue(options, code6.serverId, 3)];
  if (!type || !client || !server || server.length > mostDuid) return undefined;
  const faults: string[] = [];
  const take = <T>(value: T, text: string, why: string | undefined): T[] => {
    if (why === undefined) return [value];
    if (faults.length < mostFaults) faults.push(`${text}: ${why}`);
    return [];
  };
  const resolvers = addressesIn(optionValue(options, code6.dns) ?? Buffer.alloc(0));
  const { domains, isCut } = readDomainSearch(optionValue(options, code6.domains) ?? Buffer.alloc(0));
  if (isCut) faults.push('search list: not a list of domain names');
  return {
    type,
    xid: bytes.readUIntBE(1, 3),
    client: Buffer.from(client),
    server: Buffer.from(server),
    preference: optionValue(options, code6.preference, 1)?.[0] ?? 0,
    rapidCommit: optionValue(options, code6.rapidCommit) !== undefined,
    status: statusIn(options),
    addresses: associationIn(options, code6.iaNa, code6.iaAddress, 24, (value) => {
      const address = ipText(value.subarray(0, 16));
      const leased = { address, ...lifetimes(value, 16) };
      return take(leased, `address ${address}`, addressFault6(address));
    }),
    prefixes: associationIn(options, code6.iaPd, code6.iaPrefix, 25, (value) => {
      const [length, prefix] = [value.readUInt8(8), ipText(value.subarray(9, 25))];
      const leased = { prefix, length, ...lifetimes(value, 0) };
      return take(leased, `prefix ${prefix}/${length}`, prefixFault6(prefix, length));
    }),
    dns: resolvers.flatMap((each) => take(each, `resolver ${each}`, resolverFault(each))),
    search: domains,
    ntp: ntpServers(options).flatMap((each) => take(each, `NTP server ${each}`, serverFault(each))),
    refresh: optionValue(options, code6.refreshTime, 4)?.readUInt32BE(0),
    faults,
  };
}

/** The first association of its kind; a client of this kind asks for one alone. */
function associationIn<T>(
  options: readonly Option6[],
  outer: number,
  inner: number,
  least: number,
  read: (value: Buffer) => T[],
): Association<T> | undefined {
  const bytes = optionValue(options, outer, 12);
  if (!bytes) return undefined;
  const within = readOptions6(bytes.subarray(12));
  const leased = within.filter(({ code, value }) => code === inner && value.length >= least);
  return {
    renewal: bytes.readUInt32BE(4),
    rebinding: bytes.readUInt32BE(8),
    leased: leased.slice(0, mostLeased).flatMap(({ value }) => read(value)),
    status: statusIn(within),
  };
}

/** RFC 8415 section 21.6: one that prefers longer than it is valid is not valid at all. */
function lifetimes(value: Buffer, at: number): { preferred: number; valid: number } {
  const [preferred, valid] = [value.readUInt32BE(at), value.readUInt32BE(at + 4)].map(orForever);
  if (preferred === undefined || valid === undefined || preferred > valid) return { preferred: 0, valid: 0 };
  return { preferred, valid };
}

const orForever = (seconds: number): number => (seconds === infinite ? Number.POSITIVE_INFINITY : seconds);

function statusIn(options: readonly Option6[]): Status {
  const value = optionValue(options, code6.status, 2);
  if (!value) return { code: statusCodes.success, text: '' };
  return { code: value.readUInt16BE(0), text: visible(value.toString('utf8', 2, 130)) };
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
