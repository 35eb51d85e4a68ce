import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readlinkSync } from 'node:fs';
import { createServer, Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { needsRoot } from '../../../test/support/needs.ts';
import { AF_INET } from '../../net/ip.ts';
import { openTcpSocketIn } from './net-namespace.ts';

let child: ChildProcess | undefined;
afterEach(() => child?.kill('SIGKILL'));

async function talk(pid: number, port: number): Promise<string> {
  const socket = new Socket({ fd: openTcpSocketIn(pid, AF_INET), readable: true, writable: true });
  socket.connect({ host: '127.0.0.1', port });
  const [bytes] = await once(socket, 'data');
  socket.destroy();
  return String(bytes);
}

const here = (): string => readlinkSync('/proc/thread-self/ns/net');

const inNamespace = needsRoot('network namespaces');

test('a socket reaches a listener in another network namespace', inNamespace, async () => {
  const before = here();
  const program = `const { createServer } = require('node:net');
    require('node:child_process').execFileSync('ip', ['link', 'set', 'lo', 'up']);
    createServer((socket) => socket.end('inside')).listen(4321, () => console.log('up'));`;
  child = spawn('unshare', ['-n', process.execPath, '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.stdout) await once(child.stdout, 'data');
  expect(await talk(child.pid ?? 0, 4321)).toBe('inside');
  expect(here()).toBe(before);
});

test('for a process in our own namespace it is an ordinary socket', async () => {
  const server = createServer((socket) => socket.end('here')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  expect(await talk(process.pid, typeof address === 'object' ? (address?.port ?? 0) : 0)).toBe('here');
  server.close();
});

test('for a process that is gone it throws, and the namespace is unchanged', () => {
  const before = here();
  expect(() => openTcpSocketIn(2 ** 22 - 1, AF_INET)).toThrow(/ENOENT/);
  expect(here()).toBe(before);
});
