import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyDebianLock, writeDebianLock } from '../../build/debian/lock-file.ts';
import { debianSource } from '../../build/debian/source.ts';
import { packDeb } from '../../build/debian/testing.ts';
import { testWork } from '../../build/testing.ts';
import { toolsTree } from '../../build/tools/tree.ts';
import { textEntry } from '../../lib/archive/tar.ts';
import { faults, leftovers } from './faults.ts';
import { CliWorld, type Ended } from './world.ts';

let world: CliWorld;

beforeAll(async () => {
  world = await CliWorld.make();
  world.write('unlocked/build.yml', 'image: unlocked\ndebian: {packages: [tiny]}\n');
  world.write('locked/build.yml', 'image: locked\ndebian: {packages: [tiny], depends: false}\n');
  await writeMirror();
}, 300_000);
afterAll(() => world.remove());

/** A mirror in a folder with the single package `tiny`, and the lock file for it. */
async function writeMirror(): Promise<void> {
  mkdirSync(world.path('mirror/pool'), { recursive: true });
  const deb = world.path('mirror/pool/tiny_1_all.deb');
  const fields = { Package: 'tiny', Version: '1', Architecture: 'all' };
  await packDeb(deb, fields, [textEntry('usr/bin/tiny', 'TINY')]);
  const bytes = readFileSync(deb);
  const source = debianSource({ packages: ['tiny'], depends: false });
  await writeDebianLock(world.path('locked/debian.lock.json'), emptyDebianLock(source), testWork().arch, [
    {
      ...{ name: 'tiny', version: '1', architecture: 'all', filename: 'pool/tiny_1_all.deb' },
      ...{ size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
    },
  ]);
}

const mirrorUri = (): string => pathToFileURL(world.path('mirror')).href;

/** A loopback port on which no program listens. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

describe('Debian packages', () => {
  const build = (cache: string, name: string, env: Record<string, string>): Promise<Ended> =>
    world.start(cache, ['pkg', 'build', `./${name}`], env).ended;

  /** Builds the package with a mirror that refuses connections. */
  async function failsWithoutMirror(cache: string, name: string): Promise<void> {
    const uri = `http://127.0.0.1:${await closedPort()}/debian`;
    const before = readdirSync(world.path(name));
    const { status, stderr } = await build(cache, name, { KIT_DEBIAN_MIRROR: uri });
    expect(stderr).toMatch(
      new RegExp(
        `^error: Cannot use the Debian mirror "${uri}": connection refused\\n` +
          '\\(hint: "kit config set debian.mirror" or KIT_DEBIAN_MIRROR names another mirror\\)\\n$',
      ),
    );
    expect(status).toBe(1);
    expect([...faults(cache), ...leftovers(cache)]).toEqual([]);
    expect(readdirSync(world.path(name))).toEqual(before);
  }

  test('a mirror that refuses connections, for a package that is not locked', async () => {
    await failsWithoutMirror(world.newCache(), 'unlocked');
  });

  test('the same for a locked package; with another mirror, the build works', async () => {
    const cache = world.newCache();
    await failsWithoutMirror(cache, 'locked');
    expect(await build(cache, 'locked', { KIT_DEBIAN_MIRROR: mirrorUri() })).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringMatching(/^kit\/locked:[0-9a-f]{40} /),
    });
  });

  test('a mirror that is not a URL', async () => {
    const { status, stderr } = await build(world.newCache(), 'locked', { KIT_DEBIAN_MIRROR: 'mirror' });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `error: KIT_DEBIAN_MIRROR must be an address that begins with "https://", "http://" or "file://", not "mirror"
`,
    });
  });

  test('a mirror without the suite, for a package that is not locked', async () => {
    const cache = world.newCache();
    expect(await build(cache, 'unlocked', { KIT_DEBIAN_MIRROR: mirrorUri() })).toEqual({
      status: 1,
      stdout: '',
      stderr: `error: Cannot use the Debian mirror "${mirrorUri()}": it has no suite "trixie"
(hint: "kit config set debian.mirror" or KIT_DEBIAN_MIRROR names another mirror)
`,
    });
    expect([...faults(cache), ...leftovers(cache)]).toEqual([]);
  });

  test('a mirror in the configuration file', async () => {
    expect(await world.kit(world.newCache(), 'config', 'set', 'debian.mirror', mirrorUri())).toMatchObject({
      status: 0,
      stderr: '',
    });
    expect(await build(world.newCache(), 'locked', {})).toMatchObject({ status: 0, stderr: '' });
    rmSync(world.path('.config'), { recursive: true });
  });
});

describe('the tools tree', () => {
  /** A cache with its own tools tree. Its files are hard links and must not be written to. */
  async function cacheWithTools(): Promise<{ cache: string; tree: string }> {
    const tools = await toolsTree(testWork());
    const cache = world.newCache();
    rmSync(join(cache, 'tools'));
    mkdirSync(join(cache, 'tools'));
    const tree = join(cache, 'tools', basename(tools.dir));
    execFileSync('cp', ['-al', tools.dir, tree]);
    return { cache, tree };
  }

  const machines = (): string[] =>
    existsSync(world.path('state/machines')) ? readdirSync(world.path('state/machines')) : [];

  const replace = (file: string): void => {
    rmSync(file);
    writeFileSync(file, '', { mode: 0o755 });
  };

  test.each<[string, string, string[], (file: string) => void, string]>([
    ['without QEMU', 'qemu-system-x86_64', ['run', '--accel', 'tcg', 'good.yml'], rmSync, 'it is not there'],
    [
      'without mkfs.erofs',
      'mkfs.erofs',
      ['build', '--dir', 'out', 'good.yml'],
      (file) => rmSync(file),
      'it is not there',
    ],
    [
      'with an empty mkfs.erofs',
      'mkfs.erofs',
      ['build', '--dir', 'out', 'good.yml'],
      replace,
      'it does not start',
    ],
  ])('%s', async (_title, tool, args, damage, why) => {
    const { cache, tree } = await cacheWithTools();
    damage(join(tree, 'usr/bin', tool));
    expect(await world.kit(cache, ...args)).toEqual({
      status: 1,
      stdout: '',
      stderr: `error: Cannot run tool "${tool}" of "${tree}": ${why}
(hint: remove that folder: the next run makes it again)
`,
    });
    expect([...faults(cache), ...leftovers(cache)]).toEqual([]);
    expect(existsSync(world.path('out'))).toBe(false);
    expect(machines()).toEqual([]);
  });

  test('with an empty QEMU', async () => {
    const { cache, tree } = await cacheWithTools();
    replace(join(tree, 'usr/bin/qemu-system-x86_64'));
    const { status, stderr } = await world.kit(cache, 'run', '--accel', 'tcg', '--name', 'm', 'good.yml');
    expect(stderr).toMatch(
      /^error: Cannot start the machine: QEMU failed with status 127: .*file too short\n\(hint: .*\)\n$/,
    );
    expect(status).toBe(1);
    const { stdout } = await world.kit(cache, 'ps', '--json');
    expect(JSON.parse(stdout)).toEqual([]);
  });
});
