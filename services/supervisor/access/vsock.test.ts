import { once } from 'node:events';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { socketPairDescriptors } from '../../../lib/linux/net/socket-pair.ts';
import { AuditTrail } from '../audit/audit-trail.ts';
import { RateLimitedLog } from './rate-limited-log.ts';
import { acceptHostRoot } from './vsock.ts';

const open: Duplex[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.destroy();
});

function acceptor() {
  const lines: string[] = [];
  const accepted: Duplex[] = [];
  const trail: string[] = [];
  const accept = acceptHostRoot(
    (connection) => {
      accepted.push(connection);
      open.push(connection);
      connection.on('error', () => {}).write('hello');
    },
    {
      log: new RateLimitedLog((line) => lines.push(line)),
      audit: new AuditTrail(({ text }) => trail.push(text)),
    },
  );
  const connect = (cid: number, port: number): Socket => {
    const [guest, peer] = socketPairDescriptors();
    accept(guest, { cid, port });
    const socket = new Socket({ fd: peer });
    open.push(socket);
    return socket;
  };
  return { lines, trail, accepted, connect };
}

test('root of the host is accepted', async () => {
  const { lines, accepted, connect } = acceptor();
  const peer = connect(2, 1023);
  expect(String((await once(peer, 'data'))[0])).toBe('hello');
  expect([accepted.length, lines]).toEqual([1, []]);
});

test.each([
  ['another user of the host', 2, 1024],
  ['a program of the machine, over loopback', 1, 1023],
  ['a program of the machine, by its own CID', 3, 1023],
  ['another machine', 4, 1],
  ['the hypervisor', 0, 1],
])('%s is refused without a byte, and logged', async (_peer, cid, port) => {
  const { lines, trail, accepted, connect } = acceptor();
  const peer = connect(cid, port);
  let bytes = 0;
  peer.on('data', (data) => {
    bytes += data.length;
  });
  await once(peer, 'close');
  expect([bytes, accepted.length]).toEqual([0, 0]);
  expect(lines).toEqual([
    `control: vsock ${cid}:${port} was turned away: only root of the host may, from a port below 1024`,
  ]);
  expect(trail).toEqual([
    `control: connect refused {"why":"only root of the host may, from a port below 1024","transport":"vsock",` +
      `"cid":${cid},"port":${port},"from":"control"}`,
  ]);
});

test('connections are limited, and a closed one makes room for the next', async () => {
  const { lines, accepted, connect } = acceptor();
  const peers = Array.from({ length: 64 }, () => connect(2, 1));
  await once(connect(2, 1), 'close');
  expect([accepted.length, lines.length]).toEqual([64, 1]);
  expect(lines[0]).toMatch(/64 are connected$/);
  const [first] = peers;
  const left = once(accepted[0] as Duplex, 'close');
  first?.destroy();
  accepted[0]?.resume();
  await left;
  const next = connect(2, 1);
  expect(String((await once(next, 'data'))[0])).toBe('hello');
});
