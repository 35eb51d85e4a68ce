import { once } from 'node:events';
import { type ClientHttp2Session, connect as http2Connect } from 'node:http2';
import type { Socket } from 'node:net';
import { Socket as NetSocket } from 'node:net';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { socketPairDescriptors } from '../linux/net/socket-pair.ts';
import { frameHeaderBytes, isFreshSession } from './handshake.ts';
import { serveSessions } from './port.ts';

/** A fake port to which a host attaches `hosts` times; `attach` gets the host's end each time. */
function port(attach: (host: Socket) => void, hosts: number): () => number | undefined {
  let left = hosts;
  return () => {
    if (left === 0) return undefined;
    left -= 1;
    const [guest, host] = socketPairDescriptors();
    attach(new NetSocket({ fd: host }));
    return guest;
  };
}

function serve(hosts: number, server = new Server()): { next: () => Promise<Socket> } {
  const waiting: ((socket: Socket) => void)[] = [];
  const attached: Socket[] = [];
  const attach = (socket: Socket): void => {
    socket.on('error', () => {});
    const taker = waiting.shift();
    if (taker) taker(socket);
    else attached.push(socket);
  };
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  void serveSessions((connection) => injector.injectConnection(connection), port(attach, hosts));
  return {
    next: () =>
      new Promise((resolve) => {
        const socket = attached.shift();
        if (socket) resolve(socket);
        else waiting.push(resolve);
      }),
  };
}

async function firstHeader(socket: Socket): Promise<Buffer> {
  for (;;) {
    const header: Buffer | null = socket.read(frameHeaderBytes);
    if (header) {
      socket.unshift(header);
      return header;
    }
    await once(socket, 'readable');
  }
}

test('the guest sends SETTINGS first to every host that attaches', async () => {
  const { next } = serve(4);
  for (let round = 0; round < 4; round += 1) {
    const host = await next();
    expect(isFreshSession(await firstHeader(host))).toBe(true);
    host.destroy();
  }
});

test('a session answers pings, and the next host gets a new session', async () => {
  const { next } = serve(2);
  for (let round = 0; round < 2; round += 1) {
    const host = await next();
    await firstHeader(host);
    const session = http2Connect('http://guest', { createConnection: () => host });
    await pinged(session);
    session.destroy();
  }
});

test('bytes of an earlier session end the session but not the service', async () => {
  const { next } = serve(3);
  const stray = await next();
  stray.write(Buffer.alloc(300, 'PING '));
  stray.resume();
  await once(stray, 'close');
  const host = await next();
  await firstHeader(host);
  const session = http2Connect('http://guest', { createConnection: () => host });
  await pinged(session);
  session.destroy();
});

test('with keepalive, the session of a vanished host ends, and the next host gets one', async () => {
  const keepalive = { 'grpc.keepalive_time_ms': 50, 'grpc.keepalive_timeout_ms': 50 };
  const { next } = serve(2, new Server(keepalive));
  const vanished = await next();
  await firstHeader(vanished);
  vanished.resume();
  await once(vanished, 'close');
  expect(isFreshSession(await firstHeader(await next()))).toBe(true);
});

test('only a SETTINGS frame on stream 0 begins a new session', () => {
  const header = (hex: string): boolean => isFreshSession(Buffer.from(hex, 'hex'));
  expect(header('000000040000000000')).toBe(true);
  expect(header('000012040000000000')).toBe(true);
  expect(header('000013040000000000'), 'not a whole number of settings').toBe(false);
  expect(header('000000040100000000'), 'an acknowledgement').toBe(false);
  expect(header('000008060000000000'), 'a ping').toBe(false);
  expect(header('000000040000000001'), 'on a stream').toBe(false);
  expect(header('00000004000000'), 'too short').toBe(false);
});

test('isFreshSession throws for no bytes at all', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 20 }),
      (bytes) => typeof isFreshSession(Buffer.from(bytes)) === 'boolean',
    ),
  );
});

function pinged(session: ClientHttp2Session): Promise<void> {
  session.on('error', () => {});
  return new Promise((resolve, reject) => {
    session.ping((error) => (error ? reject(error) : resolve()));
  });
}
