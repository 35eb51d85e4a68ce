import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../support/until.ts';
import { SshServer } from './server.ts';

/** What clients do who mean harm to kit's sshd, with raw bytes and with OpenSSH's client. */
let server: SshServer;

beforeAll(async () => {
  server = await SshServer.start();
}, 300_000);
afterAll(() => server?.[Symbol.asyncDispose]());

const megabyte = Buffer.alloc(1 << 20, 0x70);

/** Sends the bytes over and over, at most so many in total; resolves to how many the server took. */
async function pour(socket: Socket, bytes: Buffer, total: number): Promise<number> {
  let sent = 0;
  while (sent < total && !socket.destroyed) {
    sent += bytes.length;
    if (socket.write(bytes)) continue;
    await new Promise<void>((resolve) => {
      socket.once('drain', resolve);
      socket.once('close', () => resolve());
    });
  }
  return sent;
}

function open(address: string, port = server.client.port): Socket {
  // It goes on sending when the server has ended its side.
  const socket = connect({ port, host: '127.0.0.1', localAddress: address, allowHalfOpen: true });
  return socket.on('error', () => {}).resume();
}

test('400 MB after a bad packet length do not stay in memory', async () => {
  const before = server.memory;
  const socket = open('127.0.0.1');
  socket.write('SSH-2.0-x\r\n\x70\x00\x00\x00', 'latin1');
  const sent = await pour(socket, megabyte, 400 << 20);
  expect(server.memory - before).toBeLessThan(32 << 20);
  expect(socket.destroyed).toBe(true);
  expect(sent).toBeLessThan(64 << 20);
  expect((await server.client.ssh(['exit 3'])).status).toBe(3);
}, 120_000);

test('a client that is not logged in cannot send without end', async () => {
  const socket = open('127.0.0.1');
  // SSH_MSG_IGNORE of 1024 bytes, over and over.
  const ignore = Buffer.alloc(1032);
  ignore.writeUInt32BE(1028);
  ignore.set([8, 2], 4);
  ignore.writeUInt32BE(1010, 6);
  socket.write('SSH-2.0-x\r\n');
  expect(await pour(socket, Buffer.concat(Array<Buffer>(64).fill(ignore)), 64 << 20)).toBeLessThan(16 << 20);
  expect(socket.destroyed).toBe(true);
}, 60_000);

test('a hundred idle connections from another address keep nobody out', async () => {
  await using own = await SshServer.start();
  const idle = Array.from({ length: 100 }, () => open('127.0.0.66', own.client.port));
  await Promise.all(idle.map((socket) => Promise.race([once(socket, 'connect'), once(socket, 'close')])));
  for (let tries = 0; tries < 5; tries += 1) expect((await own.client.ssh(['exit 3'])).status).toBe(3);
  await own.logged(/"reason":"too many connections from 127\.0\.0\.66 that have not logged in"/);
  for (const socket of idle) socket.destroy();
}, 60_000);

test('an address whose logins fail is refused for a time, and another is not', async () => {
  await using own = new SshServer();
  own.penalties = true;
  await own.begin();
  const key = await own.client.makeKey('stranger', '-t', 'ed25519');
  const from = (address: string, options = {}) => own.client.ssh(['-b', address, 'exit 3'], options);
  // Each failure adds five seconds, and the penalty counts from fifteen on.
  for (let tries = 0; tries < 30 && !own.log.includes('has a penalty'); tries += 1)
    await from('127.0.0.66', { key });
  expect(own.log).toMatch(
    /connection refused \{"address":"127\.0\.0\.66","port":\d+,"reason":"127\.0\.0\.66 has/,
  );
  expect((await from('127.0.0.66')).status).toBe(255);
  expect((await from('127.0.0.1')).status).toBe(3);
}, 60_000);

test('a client gets a few listeners, however many it asks for at once', async () => {
  const wanted = Array.from({ length: 40 }, (_, index) => ['-R', `0:127.0.0.1:${1000 + index}`]).flat();
  const { file, args, env } = server.client.sshCommand('-v', ...wanted, '-N');
  const client: ChildProcess = spawn(file, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let text = '';
  client.stderr?.on('data', (chunk) => {
    text += chunk;
  });
  const answers = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  await until('forty answers', () => answers(/remote forward (success|failure)/g) >= 40);
  expect(answers(/remote forward success/g)).toBe(16);
  client.kill();
  await once(client, 'exit');
}, 60_000);

test('nothing of the client reaches a socket of the machine or a port that its key may not', async () => {
  const key = await server.client.makeKey('only', '-t', 'ed25519');
  appendFileSync(server.authorizedKeys, `restrict,command="sleep 1" ${readFileSync(`${key}.pub`)}`);
  const options = ['-o', 'ExitOnForwardFailure=yes'];
  expect(
    (
      await server.client.ssh([...options, '-L', '/tmp/x.sock:/run/kit/control.sock', '-W', '127.0.0.1:22'], {
        key,
      })
    ).status,
  ).toBe(255);
  expect((await server.client.ssh([...options, '-R', '0:127.0.0.1:9', 'true'], { key })).status).toBe(255);
  expect((await server.client.ssh(['-A', 'test -z "$SSH_AUTH_SOCK" && exit 3'])).status).toBe(3);
  expect(
    (await server.client.ssh([...options, '-R', '/tmp/kit-never.sock:127.0.0.1:9', 'true'])).status,
  ).toBe(255);
});
