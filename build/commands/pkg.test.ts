import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hostArch } from '../host/arch.ts';
import { runCommand } from './run-command.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit-pkg-'));
  mkdirSync(join(dir, 'pkg/motd/files/etc'), { recursive: true });
  writeFileSync(join(dir, 'pkg/motd/files/etc/motd'), 'hello\n');
  writeFileSync(join(dir, 'pkg/motd/build.yml'), 'image: motd\n');
  mkdirSync(join(dir, 'pkg/odd'));
  writeFileSync(join(dir, 'pkg/odd/build.yml'), 'imagee: odd\n');
});
afterAll(() => rmSync(dir, { recursive: true }));

/** Runs `kit ARGS` in the folder; gives what it wrote to standard output. */
async function kit(...args: string[]): Promise<string> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const env = { KIT_CACHE: join(dir, 'cache') };
  const signal = new AbortController().signal;
  const status = await runCommand(args, { stdin: new PassThrough(), stdout, stderr, env, cwd: dir, signal });
  // On a busy host there are lines about slow tasks.
  expect([status, String(stderr.read() ?? '').replace(/^kit: .*\n/gm, '')]).toEqual([0, '']);
  return String(stdout.read() ?? '');
}

test('a package is listed, named, built, and listed as built; the list includes broken ones', async () => {
  const name = (await kit('pkg', 'show-tag', 'pkg/motd')).trim();
  expect(name).toMatch(/^kit\/motd:[0-9a-f]{40}$/);
  expect(await kit('pkg', 'ls', 'pkg')).toContain(`not built        ${name}`);
  expect(JSON.parse(await kit('pkg', 'build', '--json', 'pkg/motd'))).toMatchObject([{ name, bytes: 2560 }]);
  expect(JSON.parse(await kit('pkg', 'ls', '--json', 'pkg'))).toMatchObject([
    { state: 'built', name, bytes: 2560 },
    { state: 'broken', reason: expect.stringContaining('unknown key "imagee" in the package') },
  ]);
});

test('kit cache lists the image and its size, and removes it', async () => {
  const { images, folders } = JSON.parse(await kit('cache', 'ls', '--json'));
  expect(images).toMatchObject([{ arch: hostArch, bytes: 2560 }]);
  expect(folders).toContainEqual(expect.objectContaining({ folder: 'oci' }));
  await kit('cache', 'rm', images[0].name);
  await expect(kit('cache', 'rm', images[0].name)).rejects.toThrow('no image of the cache has this name');
});

test.each([
  ['an unknown folder', ['build', 'pkg/mtd'], 'Cannot find package "pkg/mtd" (did you mean "pkg/motd"?)'],
  [
    'an unknown architecture',
    ['build', '--arch', 'z80', 'pkg/motd'],
    'Cannot build for "z80": expected amd64 or arm64',
  ],
])('%s is rejected', async (_what, args, message) => {
  await expect(kit('pkg', ...args)).rejects.toThrow(message);
});

test('an unknown subcommand is a usage error', async () => {
  await expect(kit('pkg', 'frob')).rejects.toMatchObject({ exitCode: 2 });
});

test('kit cache clean removes everything but the locks', async () => {
  // Builders of this process hold the locks of the cache, as another kit would, so this needs a new one.
  const other = join(dir, 'other');
  const context = { stdin: new PassThrough(), stderr: new PassThrough(), cwd: dir };
  const stdout = new PassThrough();
  const signal = new AbortController().signal;
  mkdirSync(join(other, 'tools/x'), { recursive: true });
  writeFileSync(join(other, 'tools/x/tool'), 'tool');
  await runCommand(['cache', 'clean', '--json'], { ...context, stdout, signal, env: { KIT_CACHE: other } });
  expect(JSON.parse(String(stdout.read()))).toMatchObject({ files: 1 });
  expect(readdirSync(other)).toEqual(['locks']);
});
