/**
 * DHCP options (RFC 2132): u8 code | u8 length | value; code 0 is padding, 255 ends the list. The values of a
 * repeated code are concatenated (RFC 3396). A value of the wrong size is ignored, as if it had not been
 * sent.
 */

import { cleanHostname } from '../../../lib/net/hostname.ts';
import { ipv4Text, networkOf, prefixOfMask } from '../../../lib/net/ipv4.ts';
import { readDomainSearch } from './domain-search.ts';

export const code = {
  pad: 0,
  subnetMask: 1,
  router: 3,
  dns: 6,
  hostname: 12,
  domain: 15,
  mtu: 26,
  requestedAddress: 50,
  leaseTime: 51,
  overload: 52,
  messageType: 53,
  server: 54,
  parameters: 55,
  message: 56,
  maximalSize: 57,
  renewalTime: 58,
  rebindingTime: 59,
  clientId: 61,
  domainSearch: 119,
  classlessRoutes: 121,
  end: 255,
} as const;

/** A route from the server. Gateway 0.0.0.0 means the destination is on the link itself. */
export interface LeaseRoute {
  readonly destination: string;
  readonly prefix: number;
  readonly gateway: string;
}

/** The decoded options of a message, not yet judged (judge.ts); times in seconds. */
export interface Options {
  readonly messageType?: number | undefined;
  readonly server?: string | undefined;
  readonly prefix?: number | undefined;
  readonly routers: readonly string[];
  readonly dns: readonly string[];
  readonly hostname?: string | undefined;
  readonly domain?: string | undefined;
  readonly search: readonly string[];
  readonly mtu?: number | undefined;
  readonly leaseSeconds?: number | undefined;
  readonly renewalSeconds?: number | undefined;
  readonly rebindingSeconds?: number | undefined;
  /** Undefined when the server sent none; only then `routers` counts (RFC 3442). */
  readonly routes?: readonly LeaseRoute[] | undefined;
  /** The server's reason in a NAK, printable ASCII only. */
  readonly message?: string | undefined;
}

const optionsStart = 240;
const sname = { start: 44, end: 108 } as const;
const file = { start: 108, end: 236 } as const;

/** Encodes one option; the value has at most 255 bytes. */
export function encodeOption(optionCode: number, value: Buffer): Buffer {
  return Buffer.concat([Buffer.of(optionCode, value.length), value]);
}

/** Reads the options of a message, also those in its `file` and `sname` fields (option 52). Never throws. */
export function readOptions(bytes: Buffer): Options {
  const values = new Map<number, Buffer>();
  collect(bytes.subarray(optionsStart), values);
  const overload = values.get(code.overload)?.at(0) ?? 0;
  if (overload & 1) collect(bytes.subarray(file.start, file.end), values);
  if (overload & 2) collect(bytes.subarray(sname.start, sname.end), values);
  const mask = addresses(values.get(code.subnetMask))[0];
  const routes = values.get(code.classlessRoutes);
  const search = values.get(code.domainSearch);
  return {
    messageType: number(values.get(code.messageType), 1),
    server: addresses(values.get(code.server))[0],
    prefix: mask === undefined ? undefined : prefixOfMask(mask),
    routers: addresses(values.get(code.router)),
    dns: addresses(values.get(code.dns)),
    hostname: cleanHostname(text(values.get(code.hostname))),
    domain: cleanHostname(text(values.get(code.domain))),
    search: search === undefined ? [] : readDomainSearch(search),
    mtu: number(values.get(code.mtu), 2),
    leaseSeconds: number(values.get(code.leaseTime), 4),
    renewalSeconds: number(values.get(code.renewalTime), 4),
    rebindingSeconds: number(values.get(code.rebindingTime), 4),
    routes: routes === undefined ? undefined : readClasslessRoutes(routes),
    message: text(values.get(code.message))?.replace(/[^ -~]/g, '?'),
  };
}

function collect(bytes: Buffer, values: Map<number, Buffer>): void {
  for (let at = 0; at < bytes.length; ) {
    const optionCode = bytes[at++];
    if (optionCode === code.pad) continue;
    const length = bytes[at++];
    if (
      optionCode === undefined ||
      optionCode === code.end ||
      length === undefined ||
      at + length > bytes.length
    )
      return;
    const value = bytes.subarray(at, at + length);
    const before = values.get(optionCode);
    values.set(optionCode, before === undefined ? value : Buffer.concat([before, value]));
    at += length;
  }
}

function addresses(value: Buffer | undefined): string[] {
  if (value === undefined || value.length % 4 !== 0) return [];
  return Array.from({ length: value.length / 4 }, (_, index) => ipv4Text(value, index * 4));
}

function number(value: Buffer | undefined, size: 1 | 2 | 4): number | undefined {
  return value?.length === size ? value.readUIntBE(0, size) : undefined;
}

function text(value: Buffer | undefined): string | undefined {
  return value?.toString('latin1').replace(/\0+$/, '');
}

/**
 * RFC 3442: u8 prefix length | significant bytes of the destination | 4 gateway, repeated. Stops at malformed
 * data.
 */
function readClasslessRoutes(value: Buffer): LeaseRoute[] {
  const routes: LeaseRoute[] = [];
  for (let at = 0; at < value.length; ) {
    const prefix = value.readUInt8(at);
    const significant = Math.ceil(prefix / 8);
    const end = at + 1 + significant + 4;
    if (prefix > 32 || end > value.length) break;
    const destination = Buffer.alloc(4);
    value.copy(destination, 0, at + 1, at + 1 + significant);
    routes.push({
      destination: networkOf(ipv4Text(destination), prefix),
      prefix,
      gateway: ipv4Text(value, end - 4),
    });
    at = end;
  }
  return routes;
}
