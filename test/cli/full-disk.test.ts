import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cacheDir, kitRoot } from '../../build/host/paths.ts';
import { needs } from '../../lib/testing.ts';
import { CliWorld, RunningKit } from './world.ts';

const canMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;

/**
 * A cache on a disk of its own, in a mount namespace that ends with the script: first too small, then large enough.
 * Prints, apart by lines of dashes: how the build failed, what is left of its work, whether a clean works on the full
 * disk, how the build went with room. mount(8) would repeat at the remount what options it finds, among them the user's
 * uid, by a number that the namespace does not know; so it is not to look.
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

  // In the first image; in a large layer; in its conversion, where mkfs.erofs says so, or crashes, or says other things.
  const sizes = ['60k', '2m', '9m', '15m', '17m'];
  let digest: string | undefined;

  test.each(sizes)('of %s: one sentence, nothing half-done, and the next build works', async (size) => {
    const cache = world.newCache();
    const env = { ...world.environment(cache), SIZE: size, KIT: join(kitRoot, 'kit') };
    const tools = join(cacheDir(process.env), 'tools');
    const run = new RunningKit('unshare', ['-rm', 'sh', '-c', script], world.dir, { ...env, TOOLS: tools });
    const { stdout, stderr } = await run.ended;
    expect(stderr).toMatch(
      /^error: Cannot write "[^"\n]*\/cache-\d+[^"\n]*": no space left on device\n\(hint: free some space, .*\)\n$/,
    );
    const [failed, left, built, cleaned] = stdout.split('------\n');
    expect({ failed, left, cleaned }).toEqual({ failed: 'status 1\n', left: '', cleaned: 'status 0\n' });
    expect(built).toMatch(/^[0-9a-f]{64} /);
    digest ??= built;
    expect(built).toBe(digest);
  });
});
