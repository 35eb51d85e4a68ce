import { once } from 'node:events';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { socketPairDescriptors } from '../../../lib/linux/net/socket-pair.ts';
import { Notices } from './notices.ts';
import { doorkeeper } from './vsock.ts';

const open: Duplex[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.destroy();
});

function door() {
  const lines: string[] = [];
  const entered: Duplex[] = [];
  const take = doorkeeper(
    (connection) => {
      entered.push(connection);
      open.push(connection);
      connection.on('error', () => {}).write('hello');
    },
    new Notices((line) => lines.push(line)),
  );
  const knock = (cid: number, port: number): Socket => {
    const [guest, peer] = socketPairDescriptors();
    take(guest, { cid, port });
    const socket = new Socket({ fd: peer });
    open.push(socket);
    return socket;
  };
  return { lines, entered, knock };
}

test('root of the host goes in', async () => {
  const { lines, entered, knock } = door();
  const peer = knock(2, 1023);
  expect(String((await once(peer, 'data'))[0])).toBe('hello');
  expect([entered.length, lines]).toEqual([1, []]);
});

test.each([
  ['another user of the host', 2, 1024],
  ['a program of the machine, by the loopback', 1, 1023],
  ['a program of the machine, by its own number', 3, 1023],
  ['another machine', 4, 1],
  ['the hypervisor', 0, 1],
])('%s is turned away, told of, and has nothing of us', async (_who, cid, port) => {
  const { lines, entered, knock } = door();
  const peer = knock(cid, port);
  let bytes = 0;
  peer.on('data', (data) => {
    bytes += data.length;
  });
  await once(peer, 'close');
  expect([bytes, entered.length]).toEqual([0, 0]);
  expect(lines).toEqual([
    `control: vsock ${cid}:${port} was turned away: only root of the host may, from a port below 1024`,
  ]);
});

test('no more come in than there is room for, and who leaves makes room', async () => {
  const { lines, entered, knock } = door();
  const peers = Array.from({ length: 64 }, () => knock(2, 1));
  await once(knock(2, 1), 'close');
  expect([entered.length, lines.length]).toEqual([64, 1]);
  expect(lines[0]).toMatch(/64 are connected$/);
  const [first] = peers;
  const left = once(entered[0] as Duplex, 'close');
  first?.destroy();
  entered[0]?.resume();
  await left;
  const next = knock(2, 1);
  expect(String((await once(next, 'data'))[0])).toBe('hello');
});
