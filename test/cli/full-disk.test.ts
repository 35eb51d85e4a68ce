import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cacheDir, kitRoot } from '../../build/host/paths.ts';
import { needs } from '../support/needs.ts';
import { CliWorld, RunningKit } from './world.ts';

const canMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;

/**
 * Builds with a cache on a tmpfs, in a mount namespace that ends with the script: first one that is too
 * small, then enlarged. Prints, separated by dashes: the status of the failed build, its leftovers, the
 * digest of the second build, and the status of `cache clean` on a full disk. Without
 * `--options-mode=ignore`, mount(8) would pass the existing options to the remount, including a uid that is
 * not mapped in the namespace.
 */
const script = `
  mount -t tmpfs -o "size=$SIZE" none "$KIT_CACHE" && ln -s "$TOOLS" "$KIT_CACHE/tools" || exit 99
  "$KIT" build --dir out good.yml; echo "status $?"
  echo ------
  find "$KIT_CACHE" -path '*/work-*' -o -name '*.part'
  echo ------
  mount --options-mode=ignore -o remount,size=100m "$KIT_CACHE"
  "$KIT" build --dir "out-$SIZE" good.yml >/dev/null && cat "out-$SIZE/good-initrd.img" | sha256sum
  echo ------
  dd if=/dev/zero of="$KIT_CACHE/filler" bs=64k 2>/dev/null
  "$KIT" cache clean --json >/dev/null; echo "status $?"
`;

describe('no space on the disk of the cache', needs('mounts in a user namespace', canMount), () => {
  let world: CliWorld;
  beforeAll(async () => {
    world = await CliWorld.make();
  }, 300_000);
  afterAll(() => world.remove());

  // The disk is full in the first image; in a large layer; in its conversion, where mkfs.erofs may report
  // ENOSPC, crash, or report something else.
  const sizes = ['60k', '2m', '9m', '15m', '17m'];
  let digest: string | undefined;

  test.each(sizes)('of %s: one error, no incomplete files, and the next build works', async (size) => {
    const cache = world.newCache();
    const env = { ...world.environment(cache), SIZE: size, KIT: join(kitRoot, 'kit') };
    const tools = join(cacheDir(process.env), 'tools');
    const run = new RunningKit('unshare', ['-rm', 'sh', '-c', script], world.dir, { ...env, TOOLS: tools });
    const { stdout, stderr } = await run.ended;
    const [error, hint, ...more] = stderr.split('\n');
    expect(error).toMatch(/^error: Cannot write "[^"]*\/cache-\d+[^"]*": no space left on device$/);
    expect([hint, ...more]).toEqual([expect.stringMatching(/^\(hint: free some space, .*\)$/), '']);
    const [failed, left, built, cleaned] = stdout.split('------\n');
    expect({ failed, left, cleaned }).toEqual({ failed: 'status 1\n', left: '', cleaned: 'status 0\n' });
    expect(built).toMatch(/^[0-9a-f]{64} /);
    digest ??= built;
    expect(built).toBe(digest);
  });
});
