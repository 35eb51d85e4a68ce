import { ipv4Bytes } from '../../../lib/net/ipv4.ts';
import { decodeServerMessage, type ServerMessage } from '../protocol/message.ts';
import { encodeOption } from '../protocol/options.ts';

const head = '020106002f48b1cd00000000000000000a0002150a00020200000000525400123456';

/** A recorded DHCPACK of dnsmasq 2.90; the zeros of chaddr, sname and file are filled in here. */
export const ackOfDnsmasq = Buffer.from(
  head.padEnd(472, '0') +
    '63825363' +
    '350105' +
    '36040a000202' +
    '330400000e10' +
    '3a0400000708' +
    '3b0400000c4e' +
    '0104ffffff00' +
    '1c040a0002ff' +
    '03040a000202' +
    '0f0665782e6f7267' +
    '0c02766d' +
    '790c000a000202100a4d0a000209' +
    '7713076578616d706c6503636f6d00036c616ec000' +
    '1a020578' +
    '06040a000203' +
    'ff',
  'hex',
);

export interface ReplyFields {
  readonly type?: 'offer' | 'ack' | 'nak';
  readonly xid?: number;
  readonly mac?: string;
  readonly address?: string;
  /** Null: without a server identifier. */
  readonly server?: string | null;
}

/** A DHCPACK of 10.0.2.2 (or another reply) with additional options; values are bytes or addresses. */
export function reply(
  options: readonly (readonly [code: number, value: Buffer | string, ...more: string[]])[],
  fields: ReplyFields = {},
): Buffer {
  const { type = 'ack', xid = 1, mac = '52:54:00:12:34:56' } = fields;
  const { address = '10.0.2.15', server = '10.0.2.2' } = fields;
  const fixed = Buffer.alloc(240);
  fixed.set([2, 1, 6]);
  fixed.writeUInt32BE(xid, 4);
  ipv4Bytes(address).copy(fixed, 16);
  Buffer.from(mac.replaceAll(':', ''), 'hex').copy(fixed, 28);
  fixed.writeUInt32BE(0x63825363, 236);
  const encoded = options.map(([code, value, ...more]) =>
    encodeOption(code, typeof value === 'string' ? Buffer.concat([value, ...more].map(ipv4Bytes)) : value),
  );
  const kind = { offer: 2, ack: 5, nak: 6 }[type];
  return Buffer.concat([
    fixed,
    encodeOption(53, Buffer.of(kind)),
    ...(server === null ? [] : [encodeOption(54, ipv4Bytes(server))]),
    ...encoded,
    Buffer.of(255),
  ]);
}

/** A message that came from 10.0.2.2, or from another address. */
export const decoded = (bytes: Buffer, source = '10.0.2.2'): ServerMessage =>
  decodeServerMessage(bytes, source);
