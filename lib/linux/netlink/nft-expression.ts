/**
 * Expressions of nftables rules (include/uapi/linux/netfilter/nf_tables.h), pure. A rule is a list of them:
 * each loads something into a register, compares a register, or decides. Attributes are in network byte
 * order; what is compared is in the order in which the kernel has it.
 *
 *     NFTA_LIST_ELEM { NFTA_EXPR_NAME "cmp" | NFTA_EXPR_DATA { attributes of cmp } }
 */

import { type Attribute, encodeAttributes, nested } from './netlink-message.ts';

/** An encoded expression. */
export type Expression = Attribute;

const LIST_ELEM = 1;
const EXPR = { name: 1, data: 2 } as const;
const DATA = { value: 1, verdict: 2 } as const;
const VERDICT_CODE = 1;
const NF_ACCEPT = 1;

/** Register 0 holds the verdict, 1 is the first of 16 bytes. */
const verdictRegister = 0;
const register = 1;

/** enum nft_meta_keys */
export const metaKeys = { inputInterface: 4, networkProtocol: 15, transportProtocol: 16 } as const;

/** enum nft_cmp_ops */
const compareOps = { equal: 0, unequal: 1, atMost: 3, atLeast: 5 } as const;

const NFT_CT_STATE = 0;
const NFT_PAYLOAD_TRANSPORT_HEADER = 2;

/** `meta KEY VALUE` */
export const meta = (key: number, value: Uint8Array): Expression[] => [
  expression('meta', [u32(2, key), u32(1, register)]),
  compare('equal', value),
];

/** `ct state STATES`: NF_CT_STATE_BIT of each state that fits, ored. */
export function connectionState(bits: number): Expression[] {
  const mask = hostU32(bits);
  const zero = hostU32(0);
  const bitwise = [u32(1, register), u32(2, register), u32(3, 4), data(4, mask), data(5, zero)];
  return [
    expression('ct', [u32(2, NFT_CT_STATE), u32(1, register)]),
    expression('bitwise', bitwise),
    compare('unequal', zero),
  ];
}

/** A field of the TCP, UDP or ICMP header is in a range; numbers are as many bytes as `bytes`. */
export function headerField(offset: number, bytes: 1 | 2, first: number, last = first): Expression[] {
  const value = (number: number): Buffer => {
    const buffer = Buffer.alloc(bytes);
    buffer.writeUIntBE(number, 0, bytes);
    return buffer;
  };
  const place = [u32(1, register), u32(2, NFT_PAYLOAD_TRANSPORT_HEADER), u32(3, offset), u32(4, bytes)];
  const compared =
    first === last
      ? [compare('equal', value(first))]
      : [compare('atLeast', value(first)), compare('atMost', value(last))];
  return [expression('payload', place), ...compared];
}

export function accept(): Expression {
  const verdict = nested(DATA.verdict, [u32(VERDICT_CODE, NF_ACCEPT)]);
  return expression('immediate', [u32(1, verdictRegister), nested(2, [verdict])]);
}

/** The value of NFTA_RULE_EXPRESSIONS. */
export const encodeExpressions = (expressions: readonly Expression[]): Buffer =>
  encodeAttributes(expressions);

/** A number as the kernel has it in a register. */
export function hostU32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** A number as an attribute: network byte order. */
export function u32(type: number, value: number): Attribute {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value | 0);
  return { type, value: bytes };
}

const compare = (op: keyof typeof compareOps, value: Uint8Array): Expression =>
  expression('cmp', [u32(1, register), u32(2, compareOps[op]), data(3, value)]);

const data = (type: number, value: Uint8Array): Attribute =>
  nested(type, [{ type: DATA.value, value: Buffer.from(value) }]);

const expression = (name: string, attributes: readonly Attribute[]): Expression =>
  nested(LIST_ELEM, [{ type: EXPR.name, value: Buffer.from(`${name}\0`) }, nested(EXPR.data, attributes)]);
