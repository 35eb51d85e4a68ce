/**
 * DHCP options (RFC 2132): u8 code | u8 length | value; code 0 is padding, 255 ends the list. The values of a
 * repeated code are concatenated (RFC 3396).
 */

import { ipv4Text, networkOf, prefixOfMask } from '../../../lib/net/ipv4.ts';
import { readDomainSearch } from './domain-search.ts';
import { OptionValues } from './values.ts';

export const code = {
  pad: 0,
  subnetMask: 1,
  router: 3,
  dns: 6,
  hostname: 12,
  domain: 15,
  mtu: 26,
  ntp: 42,
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
  /** The same under the number that Microsoft's servers used before RFC 3442 had one. */
  microsoftRoutes: 249,
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
  readonly ntp: readonly string[];
  readonly hostname?: string | undefined;
  readonly domains: readonly string[];
  readonly search: readonly string[];
  readonly mtu?: number | undefined;
  readonly leaseSeconds?: number | undefined;
  readonly renewalSeconds?: number | undefined;
  readonly rebindingSeconds?: number | undefined;
  /** Undefined when the server sent none; only then `routers` counts (RFC 3442). */
  readonly routes?: readonly LeaseRoute[] | undefined;
  /** The server's reason in a NAK, printable ASCII only. */
  readonly message?: string | undefined;
  /** What is not of the form that its option demands: `MTU: 3 bytes instead of 2`. */
  readonly faults: readonly string[];
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
  const collected = new Map<number, Buffer>();
  const cut = [collect(bytes.subarray(optionsStart), collected)];
  const overload = collected.get(code.overload)?.at(0) ?? 0;
  if (overload & 1) cut.push(collect(bytes.subarray(file.start, file.end), collected));
  if (overload & 2) cut.push(collect(bytes.subarray(sname.start, sname.end), collected));
  const values = new OptionValues(collected);
  for (const option of cut) if (option !== undefined) values.fault(`option ${option}`, 'cut short');
  return {
    messageType: values.number(code.messageType, 1, 'message type'),
    server: values.addresses(code.server, 'server identifier')[0],
    prefix: readPrefix(values),
    routers: values.addresses(code.router, 'router'),
    dns: values.addresses(code.dns, 'resolver'),
    ntp: values.addresses(code.ntp, 'NTP server'),
    hostname: values.hostname(code.hostname, 'host name'),
    domains: values.domains(code.domain, 'domain'),
    search: readSearch(values),
    mtu: values.number(code.mtu, 2, 'MTU'),
    leaseSeconds: values.number(code.leaseTime, 4, 'lease time'),
    renewalSeconds: values.number(code.renewalTime, 4, 'renewal time'),
    rebindingSeconds: values.number(code.rebindingTime, 4, 'rebinding time'),
    routes: readClasslessRoutes(values),
    message: values.text(code.message)?.replace(/[^ -~]/g, '?'),
    faults: values.faults,
  };
}

/** Adds options to `values`. Returns the code of one that says to be longer than what is left of the list. */
function collect(bytes: Buffer, values: Map<number, Buffer>): number | undefined {
  for (let at = 0; at < bytes.length; ) {
    const optionCode = bytes[at++];
    if (optionCode === code.pad) continue;
    if (optionCode === undefined || optionCode === code.end) return undefined;
    const length = bytes[at++];
    if (length === undefined || at + length > bytes.length) return optionCode;
    const value = bytes.subarray(at, at + length);
    const before = values.get(optionCode);
    values.set(optionCode, before === undefined ? value : Buffer.concat([before, value]));
    at += length;
  }
  return undefined;
}

function readPrefix(values: OptionValues): number | undefined {
  const [mask] = values.addresses(code.subnetMask, 'netmask');
  if (mask === undefined) return undefined;
  const prefix = prefixOfMask(mask);
  if (prefix === undefined) values.fault(`netmask ${mask}`, 'its ones are not contiguous');
  return prefix;
}

function readSearch(values: OptionValues): readonly string[] {
  const { domains, isCut } = readDomainSearch(values.bytes(code.domainSearch) ?? Buffer.alloc(0));
  if (isCut) values.fault('search list', 'not a list of domain names (RFC 3397)');
  return domains;
}

/** RFC 3442: u8 prefix length | significant bytes of the destination | 4 gateway, repeated. */
function readClasslessRoutes(values: OptionValues): LeaseRoute[] | undefined {
  const value = values.bytes(code.classlessRoutes) ?? values.bytes(code.microsoftRoutes);
  if (value === undefined) return undefined;
  const routes: LeaseRoute[] = [];
  for (let at = 0; at < value.length; ) {
    const prefix = value.readUInt8(at);
    const significant = Math.ceil(prefix / 8);
    const end = at + 1 + significant + 4;
    if (prefix > 32 || end > value.length) {
      values.fault('classless routes', 'cut short, or of a prefix above 32');
      break;
    }
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
