import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DescriptorStream } from '../../lib/linux/io/descriptor-stream.ts';
import { endWriting } from '../../lib/linux/net/socket.ts';
import { socketPairDescriptors } from '../../lib/linux/net/socket-pair.ts';
import { until } from '../../test/support/until.ts';
import { Connections } from './connections.ts';

/** A pair of sockets in place of vsock, which test/vm/agents.test.ts has. */
const host = { cid: 2, port: 50_000 };
let folder: string;
let socket: string;
let server: Server;
let lines: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'v-'));
  // A path below a long TMPDIR would not fit into the address of a socket.
  process.chdir(folder);
  socket = 'socket';
  lines = [];
});
afterEach(() => {
  server.close();
  process.chdir('/');
  rmSync(folder, { recursive: true });
});

const serve = (accept: (client: Socket) => void): void => {
  server = createServer({ allowHalfOpen: true }, accept).listen(socket);
};
const settings = { cids: [2], maxConnections: 2 };
const log = { info: () => {}, warn: (line: string) => void lines.push(line) };

/** A peer's end of a new connection. */
function dial(connections: Connections): DescriptorStream {
  const [near, far] = socketPairDescriptors().map((fd) => new DescriptorStream(fd, { endWriting }));
  if (!near || !far) throw new Error('no pair');
  connections.forward(near, host, socket);
  return far;
}

/** All that comes; the other direction stays open, unlike with `text` of node:stream/consumers. */
async function allOf(stream: Duplex): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream.iterator({ destroyOnReturn: false })) parts.push(part);
  return Buffer.concat(parts).toString();
}

test('each direction ends on its own, and nothing of three megabytes is lost', async () => {
  const bytes = 'a line of text. '.repeat(200_000);
  serve((client) => void allOf(client).then((all) => client.end(all.toUpperCase())));
  const peer = dial(new Connections(settings, log));
  peer.end(bytes);
  expect((await allOf(peer)) === bytes.toUpperCase()).toBe(true);
});

test('a side that does not read holds the other one up', async () => {
  let client: Socket | undefined;
  serve((accepted) => {
    client = accepted.pause();
  });
  const peer = dial(new Connections(settings, log)).on('error', () => {});
  await until('the connection', () => client !== undefined);
  const piece = Buffer.alloc(65_536);
  for (let n = 0; n < 320; n += 1) peer.write(piece);
  await new Promise((resolve) => setTimeout(resolve, 100));
  // Of 20 MiB the kernel and the streams between have some hundred KiB.
  expect(peer.writableLength).toBeGreaterThan(15 << 20);
  client?.destroy();
  await until('the end of the peer', () => peer.destroyed);
});

test('limits of a peer count what is open', async () => {
  serve((client) => void client.resume().on('end', () => client.end()));
  const connections = new Connections(settings, log);
  const peers = [dial(connections), dial(connections)];
  expect(connections.refusal(host)).toContain('it has 2 connections');
  expect(connections.refusal({ cid: 1, port: 9 })).toContain('only 2 may connect');
  for (const peer of peers) peer.resume().end();
  await until('room for another', () => connections.refusal(host) === undefined);
});

test('a socket that nobody serves ends the connection, and is reported once a minute', async () => {
  serve(() => {});
  const connections = new Connections(settings, log);
  socket = 'none';
  for (let n = 0; n < 3; n += 1) {
    const peer = dial(connections);
    expect(await allOf(peer)).toBe('');
    peer.destroy();
  }
  expect(lines).toEqual(['Cannot connect to "none": no such file or directory']);
});
