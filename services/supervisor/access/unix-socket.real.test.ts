import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { testSocket } from '../../../test/support/needs.ts';
import type { Peer } from './peer.ts';
import { serveOnUnixSocket } from './unix-socket.ts';

let dir: string;
let path: string;
let victim: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit-socket-'));
  mkdirSync(join(dir, 'read'));
  path = testSocket(join(dir, 'read'), 'control.sock');
  victim = join(dir, 'shadow');
  writeFileSync(victim, 'precious');
  chmodSync(victim, 0o600);
});
afterEach(() => rmSync(dir, { recursive: true }));

const peers: Peer[] = [];
const serve = (serviceOf: (pid: number) => string | undefined = () => undefined) =>
  serveOnUnixSocket(
    (connection, peer) => {
      peers.push(peer);
      connection.end();
    },
    { path, mode: 0o666, role: 'read', serviceOf },
  );

async function ask(): Promise<Peer | undefined> {
  const socket = connect(path);
  socket.resume();
  await once(socket, 'close');
  return peers.pop();
}

const mode = (file: string): number => statSync(file).mode & 0o777;

test('a link in place of the socket gives nobody access to a file of the machine', async () => {
  symlinkSync(victim, path);
  await serve();
  expect([mode(victim), mode(path), statSync(path).isSocket()]).toEqual([0o600, 0o666, true]);
  expect((await ask())?.role).toBe('read');
});

test('attack: a link takes the place of the socket as soon as it is there, and a file of the machine gets its mode', async () => {
  const umask = process.umask.bind(process);
  let calls = 0;
  const between = vi.spyOn(process, 'umask').mockImplementation((mask) => {
    calls += 1;
    // The second call is the first that follows bind(2).
    if (calls === 2) {
      unlinkSync(path);
      symlinkSync(victim, path);
    }
    return umask(mask as number);
  });
  await serve();
  between.mockRestore();
  expect(calls).toBe(2);
  expect(mode(victim)).toBe(0o600);
});

test('a folder in place of the socket does not keep the supervisor from serving', async () => {
  mkdirSync(path);
  symlinkSync(dir, join(path, 'link'));
  writeFileSync(join(path, 'file'), '');
  await serve();
  expect((await ask())?.role).toBe('read');
  expect(readdirSync(join(dir, 'read'))).toHaveLength(2);
});

test('the kernel says who the client is: its service, or else its user', async () => {
  await serve();
  const identity = { transport: 'unix', uid: userInfo().uid, gid: userInfo().gid, pid: process.pid };
  expect(await ask()).toEqual({
    name: `a client of ${path} (user ${userInfo().uid})`,
    role: 'read',
    key: `user ${userInfo().uid}`,
    identity,
  });
  await serve((pid) => (pid === process.pid ? 'web' : undefined));
  expect(await ask()).toMatchObject({ key: 'service "web"', identity: { ...identity, peer: 'web' } });
});
