import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SshServer } from './server.ts';

/** kit's sftp service with OpenSSH's sftp and scp. The server's home folder is `server.dir`. */
let server: SshServer;
const sftp = (...commands: string[]) => server.client.sftp(...commands);
const at = (name: string): string => server.path(name);
const random = randomBytes(5_000_000);

beforeAll(async () => {
  server = await SshServer.start();
  writeFileSync(at('random'), random);
}, 300_000);
afterAll(() => server?.[Symbol.asyncDispose]());

test('put and get keep content, mode and times', async () => {
  chmodSync(at('random'), 0o640);
  const { status, stderr } = await sftp(`put -p "${at('random')}" up`, `get -p up "${at('down')}"`);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  for (const name of ['up', 'down']) {
    expect(readFileSync(at(name)).equals(random), name).toBe(true);
    expect(statSync(at(name)).mode & 0o777, name).toBe(0o640);
    expect(Math.floor(statSync(at(name)).mtimeMs / 1000)).toBe(
      Math.floor(statSync(at('random')).mtimeMs / 1000),
    );
  }
});

test('ls shows names, types, sizes and unusual characters', async () => {
  mkdirSync(at('list'));
  for (const name of ['a file', 'grüße', '.hidden']) writeFileSync(at(`list/${name}`), 'x');
  mkdirSync(at('list/folder'));
  symlinkSync('nowhere', at('list/link'));
  const { stdout } = await sftp('ls -la list');
  const text = stdout.toString();
  for (const name of ['.', '..', '.hidden', 'a file'])
    expect(text).toMatch(new RegExp(` (list/)?${name.replace('.', '\\.')}$`, 'm'));
  expect(text).toMatch(/^drwx.* (list\/)?folder$/m);
  expect(text).toMatch(/^lrwx.* (list\/)?link$/m);
  expect(text).toContain('gr');
});

test('lists a folder with more entries than fit into one reply', async () => {
  mkdirSync(at('many'));
  for (let index = 0; index < 1234; index++) writeFileSync(at(`many/${index}`), '');
  const { stdout } = await sftp('ls -1 many');
  expect(stdout.toString().trim().split('\n').slice(1)).toHaveLength(1234);
});

test('supports rename, posix-rename, remove, folders, links and modes', async () => {
  const { stderr, status } = await sftp(
    'mkdir work',
    `put "${at('id.pub')}" work/one`,
    'rename work/one work/two',
    `put "${at('random')}" work/one`,
    'rename work/one work/two',
    'ln -s two work/soft',
    'ln work/two work/hard',
    'chmod 600 work/two',
    'mkdir work/sub',
    'rmdir work/sub',
    'rm work/hard',
    'df work',
  );
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(readdirSync(at('work')).sort()).toEqual(['soft', 'two']);
  expect(readlinkSync(at('work/soft'))).toBe('two');
  expect(lstatSync(at('work/two'))).toMatchObject({ size: random.length });
  expect(statSync(at('work/two')).mode & 0o777).toBe(0o600);
});

test('the version 3 rename does not overwrite', async () => {
  writeFileSync(at('from'), 'from');
  writeFileSync(at('to'), 'to');
  expect((await sftp('rename -l from to')).stderr).toContain('Failure');
  expect(readFileSync(at('to'), 'utf8')).toBe('to');
});

test.each([
  ['get missing', /not found|No such file/],
  ['rmdir missing', /No such file/],
  ['rm work', /Failure|Is a directory|delete/i],
  ['cd missing', /No such file|not found/],
  ['mkdir /proc/nowhere/x', /No such file|Failure/],
])('reports why %s fails', async (command, reason) => {
  const { status, stderr } = await sftp(command);
  expect(status).toBe(1);
  expect(stderr).toMatch(reason);
});

test('resumes an interrupted upload', async () => {
  writeFileSync(at('partial'), random.subarray(0, 1_000_000));
  expect((await sftp(`reput "${at('random')}" partial`)).status).toBe(0);
  expect(readFileSync(at('partial')).equals(random)).toBe(true);
});

test('copies trees in both directions', async () => {
  mkdirSync(at('tree/deep/er'), { recursive: true });
  writeFileSync(at('tree/deep/er/file'), random);
  const { status, stderr } = await sftp(`put -r "${at('tree')}" copy`, `get -r copy "${at('back')}"`);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(readFileSync(at('back/deep/er/file')).equals(random)).toBe(true);
});

test('scp copies in both directions, with paths relative to the home folder and with ~', async () => {
  for (const target of ['scp-1', './scp-2', '~/scp-3']) {
    expect(await server.client.scp(at('random'), `root@127.0.0.1:${target}`)).toMatchObject({
      status: 0,
      stderr: '',
    });
    expect(await server.client.scp(`root@127.0.0.1:${target}`, at('scp-back'))).toMatchObject({ status: 0 });
    expect(readFileSync(at('scp-back')).equals(random), target).toBe(true);
  }
  expect((await server.client.scp('-r', at('tree'), 'root@127.0.0.1:scp-tree')).status).toBe(0);
  expect(readFileSync(at('scp-tree/deep/er/file')).equals(random)).toBe(true);
  const missing = await server.client.scp('root@127.0.0.1:missing', at('x'));
  expect(missing.stderr).toContain('No such file');
});
