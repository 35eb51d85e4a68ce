import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerDhcp } from '../../build/cluster/network/dhcp-answer.ts';
import type { Lan } from '../../build/cluster/network/lan.ts';
import { decodeUdp, encodeUdp } from '../../lib/net/packet-udp.ts';
import { decodeServerMessage, encodeClientMessage } from '../../services/dhcp/protocol/message.ts';

const mac = '52:54:00:00:00:07';
const lan: Lan = { server: '10.90.0.1', prefix: 24, hosts: { [mac]: '10.90.0.7' } };

/** The frame of a client's message. */
function frameOf(payload: Buffer): Buffer {
  const packet = encodeUdp({
    ...{ source: '0.0.0.0', sourcePort: 68, destination: '255.255.255.255', destinationPort: 67 },
    payload,
  });
  return Buffer.concat([
    Buffer.alloc(6, 0xff),
    Buffer.from(mac.replaceAll(':', ''), 'hex'),
    Buffer.of(8, 0),
    packet,
  ]);
}

/** What kit's client makes of the answer. */
function ask(message: Partial<Parameters<typeof encodeClientMessage>[0]>) {
  const frame = answerDhcp(
    frameOf(encodeClientMessage({ type: 'discover', xid: 5, mac, seconds: 0, ...message })),
    lan,
  );
  if (!frame) return undefined;
  expect(frame.toString('hex', 0, 6)).toBe(mac.replaceAll(':', ''));
  const packet = decodeUdp(frame.subarray(14));
  expect(packet).toMatchObject({ source: lan.server, sourcePort: 67, destinationPort: 68 });
  return decodeServerMessage(packet?.payload ?? Buffer.alloc(0), lan.server);
}

test('a machine gets its address for ever, and no router', () => {
  const offer = ask({});
  expect(offer).toMatchObject({ type: 'offer', xid: 5, mac, address: '10.90.0.7', server: '10.90.0.1' });
  expect(offer?.options).toMatchObject({ prefix: 24, leaseSeconds: 0xffffffff, routers: [], dns: [] });
  expect(ask({ type: 'request', requestedAddress: '10.90.0.7', server: '10.90.0.1' })).toMatchObject({
    type: 'ack',
    address: '10.90.0.7',
  });
});

test('another address is refused, and that of another server left alone', () => {
  expect(ask({ type: 'request', requestedAddress: '10.90.0.9' })).toMatchObject({ type: 'nak' });
  expect(ask({ type: 'request', requestedAddress: '10.90.0.7', server: '10.90.0.2' })).toBeUndefined();
  expect(ask({ mac: '52:54:00:00:00:08' })).toBeUndefined();
  expect(ask({ type: 'decline', requestedAddress: '10.90.0.7' })).toBeUndefined();
});

test('frames of any bytes are answered or not', () => {
  const good = frameOf(encodeClientMessage({ type: 'discover', xid: 5, mac, seconds: 0 }));
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), (at, value, length) => {
      const damaged = Buffer.from(good);
      damaged[at] = value;
      const answer = answerDhcp(damaged.subarray(0, length), lan);
      expect(answer === undefined || answer.length >= 300).toBe(true);
    }),
  );
});
