import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SshServer } from '../../login/server.ts';
import { testTools } from '../../support/tools.ts';
import { runClient } from './run.ts';
import { sshClients } from './tools.ts';

/** scp's old protocol with the clients that still speak it. The server's home folder is `server.dir`. */
let server: SshServer;
const data = randomBytes(2_000_000);
const at = (name: string): string => server.path(name);
const same = (name: string): boolean => readFileSync(at(name)).equals(data);
const scp = (...args: string[]) => server.client.scp('-O', ...args);
const far = (path: string): string => `root@127.0.0.1:${path}`;

beforeAll(async () => {
  server = await SshServer.start();
  writeFileSync(at('data'), data);
  chmodSync(at('data'), 0o640);
  utimesSync(at('data'), 1_000_000_000, 1_100_000_000);
  mkdirSync(at('tree/deep/empty'), { recursive: true });
  writeFileSync(at('tree/deep/a file'), data);
  writeFileSync(at('tree/none'), '');
  symlinkSync('none', at('tree/link'));
  symlinkSync('nowhere', at('tree/dangling'));
}, 300_000);
afterAll(() => server?.[Symbol.asyncDispose]());

test('OpenSSH: files, with times and modes, into a folder and under another name', async () => {
  mkdirSync(at('into'));
  for (const [target, name] of [
    ['up', 'up'],
    ['into', 'into/data'],
    ["'~/with space'", 'with space'],
  ] as const) {
    expect(await scp('-p', at('data'), far(target))).toMatchObject({ status: 0, stderr: '' });
    expect(same(name), name).toBe(true);
    const { mode, mtimeMs } = statSync(at(name));
    expect([mode & 0o777, mtimeMs]).toEqual([0o640, 1_100_000_000_000]);
  }
  expect(await scp('-p', far('data'), at('back'))).toMatchObject({ status: 0, stderr: '' });
  expect([same('back'), statSync(at('back')).mtimeMs]).toEqual([true, 1_100_000_000_000]);
  expect(await scp(far('tree/none'), at('empty'))).toMatchObject({ status: 0 });
  expect(statSync(at('empty')).size).toBe(0);
});

test('OpenSSH: trees, and what cannot be sent is named', async () => {
  const back = await scp('-r', far('tree'), at('tree-back'));
  expect(back).toMatchObject({ status: 1, stderr: /dangling: no such file/ });
  expect([same('tree-back/deep/a file'), statSync(at('tree-back/link')).isFile()]).toEqual([true, true]);
  expect(await scp('-r', at('tree/deep'), far('tree-up'))).toMatchObject({ status: 0, stderr: '' });
  expect([same('tree-up/a file'), statSync(at('tree-up/empty')).isDirectory()]).toEqual([true, true]);
});

test.each([
  ['a missing file', () => scp(far('missing'), at('x')), /missing: no such file/],
  ['a folder without -r', () => scp(far('tree'), at('x')), /not a regular file/],
  ['a target in no folder', () => scp(at('data'), far('nowhere/x')), /nowhere\/x: no such file/],
  ['a target that is no folder', () => scp(at('data'), at('id.pub'), far('data')), /data: not a folder/],
])('%s is an error', async (_what, run, reason) => {
  expect(await run()).toMatchObject({ status: 1, stderr: reason });
});

test('curl and PuTTY', async () => {
  const [tools, clients] = await Promise.all([testTools(), sshClients()]);
  const { port } = server.client;
  const options = ['-sS', '--insecure', '--key', at('id'), '--pubkey', at('id.pub')];
  const url = `scp://root@127.0.0.1:${port}/~/curl`;
  for (const args of [
    ['-T', at('data'), url],
    ['-o', at('curl-back'), url],
  ])
    expect(await runClient(tools, 'curl', [...options, ...args], { cwd: server.dir })).toMatchObject({
      status: 0,
    });
  expect(same('curl-back')).toBe(true);

  const run = (name: string, ...args: string[]) => runClient(clients, name, args, { cwd: server.dir });
  await run('puttygen', at('id'), '-O', 'private', '-o', at('id.ppk'));
  const [, hostKey = ''] = /ssh-ed25519 (SHA256:\S+?),/.exec(server.log) ?? [];
  const putty = ['-scp', '-batch', '-P', `${port}`, '-i', at('id.ppk'), '-hostkey', hostKey];
  expect(await run('pscp', ...putty, at('data'), far('putty'))).toMatchObject({ status: 0 });
  expect(await run('pscp', ...putty, far('putty'), at('putty-back'))).toMatchObject({ status: 0 });
  expect(same('putty-back')).toBe(true);
});
