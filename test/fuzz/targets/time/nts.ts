import fc from 'fast-check';
import { openReply } from '../../../../services/ntp/nts/protect.ts';
import { isWhole, NtsRejected, readAgreement } from '../../../../services/ntp/nts/records.ts';
import { agreement, record, sealReply } from '../../../../services/ntp/nts/testing/server-side.ts';
import { encodeRequest, PacketRejected } from '../../../../services/ntp/protocol/packet.ts';
import { isHost } from '../../../../services/ntp/servers/names.ts';
import { attempt, check, type Target } from '../../target.ts';

const cookie = Buffer.alloc(100, 7);

export const ntsAgreement: Target = {
  reads: ['services/ntp/nts/records.ts#readAgreement'],
  seeds: () => [
    agreement([cookie, cookie], record(6, Buffer.from('ntp.example.org')), record(7, [1123])),
    Buffer.concat([record(0x8002, [1]), record(0x8000, [])]),
  ],
  run: (bytes) => {
    const read = attempt(() => readAgreement(bytes), NtsRejected);
    const whole = attempt(() => isWhole(bytes), NtsRejected);
    if (!read) return;
    check(whole === true, 'an answer that is read is whole');
    check(read.cookies.length > 0 && read.cookies.length <= 8, 'a handful of cookies');
    check(
      read.cookies.every(({ length }) => length % 4 === 0 && length <= 256),
      'a cookie fits into a field',
    );
    check(read.host === undefined || isHost(read.host), 'a host is a name or an address');
    check(read.port !== 0, 'a port is one');
  },
};

const uniqueId = Buffer.alloc(32, 3);
const key = Buffer.alloc(32, 1);
const header = encodeRequest(7n).fill(0x24, 0, 1);
const proved = sealReply(header, { uniqueId, key, cookies: [cookie] });

export const ntsReply: Target = {
  reads: ['services/ntp/nts/protect.ts#openReply', 'services/ntp/nts/fields.ts#readFields'],
  seeds: () => [proved],
  // Others are sealed, so that what is inside is broken.
  inputs: () =>
    fc
      .array(fc.uint8Array({ maxLength: 300 }), { maxLength: 4 })
      .map((cookies) =>
        sealReply(header, { uniqueId, key, cookies: cookies.map((one) => Buffer.from(one)) }),
      ),
  run: (bytes) => {
    if (bytes.length < header.length) return;
    const cookies = attempt(() => openReply(bytes, { key, uniqueId }), PacketRejected) ?? [];
    check(cookies.length <= 8 && cookies.every(({ length }) => length % 4 === 0), 'a few cookies for fields');
  },
};
