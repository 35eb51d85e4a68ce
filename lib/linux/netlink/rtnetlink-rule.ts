/**
 * Policy rules in rtnetlink(7) messages, for IPv4 and IPv6, pure.
 *
 *     fib_rule_hdr: u8 family | u8 dst length | u8 src length | u8 tos | u8 table | 2 reserved | u8 action
 *                   | u32 flags    then FRA_* (include/uapi/linux/fib_rules.h)
 */

import { AF_INET, AF_INET6 } from '../../net/ip.ts';
import { type Attribute, encodeAttributes, u32Bytes } from './netlink-message.ts';
import { ipAttribute } from './rtnetlink-ip.ts';

/** Packets that match all of it are routed by `table`. */
export interface Rule {
  readonly family: 4 | 6;
  readonly from?: Network | undefined;
  readonly to?: Network | undefined;
  readonly fwmark?: { readonly mark: number; readonly mask: number } | undefined;
  /** Names of the interfaces that packets come in and go out through. */
  readonly iif?: string | undefined;
  readonly oif?: string | undefined;
  readonly table: number;
  /** The lowest number is looked at first. */
  readonly priority: number;
}

interface Network {
  readonly address: string;
  readonly prefix: number;
}

const FRA = { to: 1, from: 2, iif: 3, priority: 6, mark: 10, table: 15, mask: 16, oif: 17 } as const;
const FR_ACT_TO_TBL = 1;
const headerSize = 12;

/** The body of RTM_NEWRULE or RTM_DELRULE. @throws RangeError when an address cannot be parsed */
export function encodeRule({ family, from, to, fwmark, iif, oif, table, priority }: Rule): Buffer {
  const header = Buffer.alloc(headerSize);
  header.set([family === 4 ? AF_INET : AF_INET6, to?.prefix ?? 0, from?.prefix ?? 0]);
  header.writeUInt8(FR_ACT_TO_TBL, 7);
  const attributes: Attribute[] = [
    { type: FRA.priority, value: u32Bytes(priority) },
    { type: FRA.table, value: u32Bytes(table) },
    ...network(FRA.from, from),
    ...network(FRA.to, to),
    ...name(FRA.iif, iif),
    ...name(FRA.oif, oif),
  ];
  if (fwmark) {
    attributes.push({ type: FRA.mark, value: u32Bytes(fwmark.mark) });
    attributes.push({ type: FRA.mask, value: u32Bytes(fwmark.mask) });
  }
  return Buffer.concat([header, encodeAttributes(attributes)]);
}

/** All addresses are meant without an attribute, and the kernel refuses one of length 0. */
const network = (type: number, of: Network | undefined): Attribute[] =>
  of && of.prefix > 0 ? [ipAttribute(type, of.address)] : [];

const name = (type: number, of: string | undefined): Attribute[] =>
  of === undefined ? [] : [{ type, value: Buffer.from(`${of}\0`) }];
