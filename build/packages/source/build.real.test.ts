import { createReadStream } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bodyBytes, readTar } from '../../../lib/archive/tar.ts';
import type { ResolvedImage } from '../../cache/stored-image.ts';
import { hostArch } from '../../host/arch.ts';
import { checkBuild } from '../../pkg/check-build.ts';
import type { Work } from '../../work.ts';
import { PackageBuilder } from '../builder.ts';
import { TinyPackages } from './testing.ts';

let packages: TinyPackages;
beforeAll(async () => {
  packages = await TinyPackages.make();
}, 300_000);
afterAll(() => packages?.[Symbol.dispose]());

const work = (lines?: string[]): Work => packages.work(lines);
const packageOf: TinyPackages['add'] = (...given) => packages.add(...given);

const build = (folder: string, here = work()): Promise<ResolvedImage> =>
  new PackageBuilder(here).image(folder);

async function filesOf({ layers }: ResolvedImage): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const { path } of layers) {
    for await (const entry of readTar(createReadStream(path), path)) {
      if (entry.type !== 'file') continue;
      files[entry.path] = `${(entry.mode & 0o777).toString(8)} ${(await bodyBytes(entry)).toString()}`;
    }
  }
  return files;
}

test('a source package is patched and built; the time is that of its changelog', async () => {
  const script =
    'cat source/greeting /package/suffix >out; echo "$SOURCE_DATE_EPOCH $ARCH" >>out; chmod 750 out';
  const files = await filesOf(await build(await packageOf([script])));
  expect(files['usr/bin/tiny']).toBe(`755 good morning\n, all ${packages.turn}\n1751371200 ${hostArch}\n`);
});

test('what is built once is in the cache', async () => {
  const folder = await packageOf(['head -c 16 /dev/urandom >out']);
  expect((await build(folder)).digest).toBe((await build(folder)).digest);
});

test('commands reach no network, and write to nothing but their folder and /tmp', async () => {
  const attempts = [
    'cat /proc/net/route /sys/class/net/* >>out 2>/dev/null',
    'for place in /usr/x /package/x /sources/x /etc/x /x; do',
    '  if (: >"$place") 2>/dev/null; then echo "wrote $place"; fi',
    'done >out',
    'if (exec 3<>/dev/tcp/127.0.0.1/9) 2>&1 | grep -q refused; then echo reached; fi >>out',
    'ls -d /home /root /proc/1 2>/dev/null >>out || :',
    'echo done >>out',
  ];
  const files = await filesOf(
    await build(await packageOf(['bash /package/script'], '', attempts.join('\n'))),
  );
  expect(files['usr/bin/tiny']).toBe('644 done\n');
});

test('a second build in another folder is compared byte by byte', async () => {
  const lines: string[] = [];
  const same = await packageOf(['cp source/greeting out']);
  await build(same);
  await checkBuild(same, work(lines));
  expect(lines).toEqual([expect.stringMatching(/^Checked: two builds of .* gave the same bytes$/)]);
  const other = await packageOf(['pwd >out']);
  await build(other);
  await expect(checkBuild(other, work())).rejects.toThrow(
    /^Cannot vouch for package .*: a second build in another folder gave other bytes$/,
  );
});

test.each([
  [['echo one; echo two >&2; exit 7'], '', /: exit status 7\n {2}one\n {2}two$/],
  [['nonesuch --version'], '', /: exit status 127\n.*nonesuch: not found/s],
  [['true'], '', /its commands have made no file "out"$/],
  [['ln -s /etc/passwd out'], '', /its commands have made no file "out"$/],
  [
    ['awk \'BEGIN { s = "xxxxxxxxxxxxxxxx"; while (1) s = s s }\''],
    '  memory: 64 MiB\n',
    /: it ran out of memory\n/,
  ],
])('%j is an error that says so', async (run, more, expected) => {
  await expect(build(await packageOf(run, more))).rejects.toThrow(expected);
});

test('a build that is aborted leaves nothing behind, and is made whole the next time', async () => {
  const folder = await packageOf(['sleep 1; echo whole >out']);
  const abort = new AbortController();
  const stopped = build(folder, { ...work(), signal: abort.signal });
  setTimeout(() => abort.abort(new Error('stopped')), 400);
  await expect(stopped).rejects.toThrow('stopped');
  expect((await filesOf(await build(folder)))['usr/bin/tiny']).toBe('644 whole\n');
});
