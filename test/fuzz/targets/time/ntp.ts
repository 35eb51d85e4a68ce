import fc from 'fast-check';
import { kernelDate } from '../../../../lib/linux/system/kernel-date.ts';
import { parseState } from '../../../../services/ntp/files/state-file.ts';
import { decodePacket, encodeRequest, PacketRejected } from '../../../../services/ntp/protocol/packet.ts';
import { readReply } from '../../../../services/ntp/protocol/reply.ts';
import { secondsOf } from '../../../../services/ntp/protocol/timestamp.ts';
import { readLease } from '../../../../services/ntp/servers/leased.ts';
import { isHost, mostServers, readServerList } from '../../../../services/ntp/servers/names.ts';
import { attempt, check, type Target, texts } from '../../target.ts';

const second = 1_000_000_000n;
const sentAt = 1_800_000_000n * second;

/** A server's answer to a request with the random number 7. */
function answer(): Buffer {
  const bytes = encodeRequest(7n);
  bytes.set([0x24, 2, 6, 0xec], 0);
  bytes.writeUInt32BE(655, 8);
  bytes.writeBigUInt64BE(7n, 24);
  for (const at of [32, 40]) bytes.writeBigUInt64BE((1_800_000_000n + 2_208_988_800n) << 32n, at);
  return bytes;
}

export const ntpPacket: Target = {
  reads: ['services/ntp/protocol/packet.ts#decodePacket', 'services/ntp/protocol/reply.ts#readReply'],
  seeds: () => {
    const kiss = answer();
    kiss.writeUInt8(0, 1);
    kiss.write('RATE', 12, 'latin1');
    return [answer(), kiss];
  },
  // Others are answers to other requests.
  inputs: () =>
    fc.uint8Array({ minLength: 48, maxLength: 64 }).map((random) => {
      const bytes = Buffer.from(random);
      bytes.writeUInt8((bytes.readUInt8(0) & 0xc0) | 0x24, 0);
      bytes.writeBigUInt64BE(7n, 24);
      return bytes;
    }),
  run: (bytes) => {
    const packet = attempt(() => decodePacket(bytes), PacketRejected);
    const exchange = { nonce: 7n, sentAt, receivedAt: sentAt + second, floor: 0n };
    const read = packet && attempt(() => readReply(packet, exchange), PacketRejected);
    if (read?.kind === 'kiss') check(/^[A-Z0-9.]{4}$/.test(read.code), 'a code is safe to print');
    if (read?.kind !== 'measurement') return;
    check(read.delay > 0 && read.delay <= 1, 'a delay is no longer than the exchange took');
    check(Number.isFinite(secondsOf(read.offset)) && read.dispersion < 2, 'an offset is a number');
    check(read.rootDelay / 2 + read.rootDispersion < 16, 'a server is near its reference');
  },
};

export const ntpServers: Target = {
  reads: ['services/ntp/servers/names.ts#readServerList'],
  seeds: () => texts('# ours\ntime.example.org\npool 0.debian.pool.ntp.org\n192.0.2.1\n2001:db8::1\n'),
  words: ['pool ', '#', '::1', '1.2.3.4', '\n', 'a.b'],
  run: (bytes) => {
    const { servers } = readServerList(bytes.toString('utf8'));
    check(servers.length <= mostServers, 'no more servers than are asked');
    for (const { host } of servers)
      check(isHost(host) && !/\s/.test(host), 'a server is a name or an address');
  },
};

export const leasedNtpServers: Target = {
  reads: ['services/ntp/servers/leased.ts#readLease'],
  seeds: () => texts('10.0.2.2\nfd00::2\n', 'x'),
  words: ['\n', '::1', '10.0.0.1'],
  run: (bytes) => {
    for (const address of readLease(bytes.toString('utf8')))
      check(isHost(address), 'addresses and names alone');
  },
};

export const ntpState: Target = {
  reads: ['services/ntp/files/state-file.ts#parseState'],
  seeds: () => texts('{"time": "2026-03-01T12:00:00.000Z", "frequency": -12.375}', '{"time": 5}', '[]'),
  words: ['"time"', '"frequency"', '2026-01-01', '1e9', '-500'],
  run: (bytes) => {
    const { timeMs = 0, frequency = 0 } = parseState(bytes.toString('utf8'));
    check(timeMs >= 0 && timeMs < Date.UTC(2200), 'a time that can be');
    check(Math.abs(frequency) <= 500, 'a frequency that the kernel takes');
  },
};

export const kernelVersion: Target = {
  reads: ['lib/linux/system/kernel-date.ts#kernelDate'],
  seeds: () =>
    texts('#1 SMP PREEMPT_DYNAMIC Debian 6.12.57-1 (2025-11-05)', '#1 SMP Tue Dec 30 12:00:01 UTC 2025'),
  words: ['(2025-02-30)', 'Feb', ' 12:00:01 UTC ', '2025'],
  run: (bytes) => {
    const date = kernelDate(bytes.toString('latin1')) ?? 0;
    check(Number.isInteger(date) && date >= 0, 'a date is a day');
  },
};
