import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { differences, faults, leftovers } from './faults.ts';
import { CliWorld, type RunningKit } from './world.ts';

let world: CliWorld;
/** A cache in which `good.yml` was built without interruption. */
let whole: string;

beforeAll(async () => {
  world = await CliWorld.make();
  whole = world.newCache();
  expect(await build(whole, 'whole').ended).toMatchObject({ status: 0 });
}, 300_000);
afterAll(() => world.remove());

const build = (cache: string, out: string): RunningKit =>
  world.start(cache, ['build', '--dir', out, '--name', 'x', 'good.yml']);

/** Names of all files below the folder; none if it does not exist. */
function names(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    // It does not exist, or a part of it was removed in the meantime.
    return [];
  }
}

/** Whether a file below the folder has this suffix and contains much of the incompressible data. */
function hasLarge(folder: string, end: string): boolean {
  return names(folder).some((name) => {
    const found = statSync(join(folder, name), { throwIfNoEntry: false });
    return name.endsWith(end) && found?.isFile() === true && found.size > 1 << 20;
  });
}

/** Moments of a build in order, detected by the files that it has written. */
const moments: readonly (readonly [string, (cache: string, out: string) => boolean])[] = [
  ['when it opens the cache', (cache) => existsSync(join(cache, 'oci/oci-layout'))],
  ['in its first layer', (cache) => names(join(cache, 'scratch')).some((name) => name.includes('work-'))],
  ['in a large layer', (cache) => hasLarge(join(cache, 'scratch'), '') || hasLarge(join(cache, 'oci'), '')],
  ['with some images', (cache) => existsSync(join(cache, 'oci/index.json'))],
  ['in the kernel', (cache) => names(cache).some((name) => name.endsWith('/kernel.tar'))],
  ['with some layers', (cache) => names(join(cache, 'layers')).length > 1],
  ['in a large conversion', (cache) => hasLarge(cache, '.erofs')],
  ['in the initrd', (_cache, out) => hasLarge(out, '')],
];

/** Waits for the moment, or for the end of the build if that is earlier. */
async function reach(kit: RunningKit, isThere: () => boolean): Promise<void> {
  while (kit.isRunning && !isThere()) await sleep(1);
}

/** Files of an image that differ from those of the complete one. */
function wrongFiles(out: string): string[] {
  const isWrong = (name: string): boolean =>
    !readFileSync(world.path(out, name)).equals(readFileSync(world.path('whole', name)));
  return names(world.path(out)).filter((name) => !name.endsWith('.part') && isWrong(name));
}

/** After an interrupted build, the cache has no incomplete files, and the next build succeeds. */
async function expectRepair(cache: string, out: string): Promise<void> {
  expect(faults(cache)).toEqual([]);
  expect([...differences(cache, whole), ...wrongFiles(out)]).toEqual([]);
  expect(await build(cache, out).ended).toMatchObject({ status: 0, stderr: '' });
  expect(names(world.path(out)).sort()).toEqual(names(world.path('whole')).sort());
  expect([...faults(cache), ...differences(cache, whole), ...wrongFiles(out)]).toEqual([]);
}

describe('kill -9', () => {
  test.each(moments)('%s', async (title, isThere) => {
    const [cache, out] = [world.newCache(), `killed ${title}`];
    const kit = build(cache, out);
    await reach(kit, () => isThere(cache, world.path(out)));
    kit.child.kill('SIGKILL');
    await kit.ended;
    await expectRepair(cache, out);
    // Temporary files may remain until a later kit removes them; scratch folders are removed by the next
    // build.
    expect(leftovers(cache).filter((path) => path.startsWith('scratch/'))).toEqual([]);
  });
});

describe('Ctrl-C', () => {
  test.each(moments)('%s', async (title, isThere) => {
    const [cache, out] = [world.newCache(), `interrupted ${title}`];
    const kit = build(cache, out);
    await reach(kit, () => isThere(cache, world.path(out)));
    kit.interrupt();
    const { status, stderr } = await kit.ended;
    if (stderr === '') {
      // The build had finished, and the signal may have met a process that was about to exit.
      expect([0, 130, null]).toContain(status);
      expect(names(world.path(out)).sort()).toEqual(names(world.path('whole')).sort());
    } else expect({ status, stderr }).toEqual({ status: 130, stderr: 'error: Interrupted\n' });
    expect(leftovers(cache)).toEqual([]);
    expect(names(world.path(out)).filter((name) => name.endsWith('.part'))).toEqual([]);
    await expectRepair(cache, out);
  });

  test('while a mirror does not respond', async () => {
    const mirror = createServer().listen(0, '127.0.0.1');
    const asked = new Promise((resolve) => mirror.once('connection', resolve));
    await new Promise((resolve) => mirror.once('listening', resolve));
    const address = mirror.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    world.write('deb/build.yml', 'image: deb\ndebian: {packages: [busybox-static]}\n');
    const cache = world.newCache();
    const kit = world.start(cache, ['pkg', 'build', './deb'], {
      KIT_DEBIAN_MIRROR: `http://127.0.0.1:${port}/debian`,
    });
    await asked;
    kit.interrupt();
    expect(await kit.ended).toMatchObject({ status: 130, stderr: 'error: Interrupted\n' });
    expect([...faults(cache), ...leftovers(cache)]).toEqual([]);
    expect(readdirSync(world.path('deb'))).toEqual(['build.yml']);
    mirror.close();
  });
});

test('two concurrent builds on an empty cache succeed', async () => {
  const cache = world.newCache();
  const both = [build(cache, 'first'), build(cache, 'second')];
  for (const { ended } of both) expect(await ended).toMatchObject({ status: 0, stderr: '' });
  await expectRepair(cache, 'first');
});

test('of two concurrent builds, one is killed and the other succeeds', async () => {
  const cache = world.newCache();
  const [killed, other] = [build(cache, 'both'), build(cache, 'both')];
  await reach(killed, () => names(join(cache, 'oci/blobs/sha256')).length > 2);
  killed.child.kill('SIGKILL');
  expect(await other.ended).toMatchObject({ status: 0, stderr: '' });
  await expectRepair(cache, 'both');
});
