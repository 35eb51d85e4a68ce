import { createReadStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bodyBytes, readTar } from '../../../lib/archive/tar.ts';
import type { ResolvedImage } from '../../cache/stored-image.ts';
import { emptyDebianLock, writeDebianLock } from '../../debian/lock-file.ts';
import { lockPackages } from '../../debian/locked-packages.ts';
import type { LockedPackage } from '../../debian/source.ts';
import { hostArch } from '../../host/arch.ts';
import { checkBuild } from '../../pkg/check-build.ts';
import { testWork } from '../../testing.ts';
import { resolvePackages } from '../../tools/apt/resolve.ts';
import { TestArchive } from '../../tools/apt/testing.ts';
import type { Work } from '../../work.ts';
import { PackageBuilder } from '../builder.ts';
import { buildSource } from '../definition/source-fields.ts';

/*
 * Builds of a source package of a few lines, in an archive of the test's own, with Debian's real tools, which
 * have no compiler: shell scripts do.
 */
let dir: string;
let archive: TestArchive;
let tools: LockedPackage[];
let sources: LockedPackage[];

const patch = `--- a/greeting
+++ b/greeting
@@ -1 +1 @@
-hello
+good morning
`;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'kit-source-'));
  archive = await TestArchive.make(dir);
  const one = {
    name: 'tiny',
    version: '1.0-1',
    files: { greeting: 'hello\n' },
    patches: { 'a.patch': patch },
  };
  sources = await archive.publishSource(one, testWork());
  const { debian } = buildSource({ tools: [], run: [], files: {} });
  const lock = { source: debian, lockFile: join(dir, 'tools.lock.json'), resolve: resolvePackages };
  tools = await lockPackages(lock, testWork());
}, 300_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function work(lines: string[] = []): Work {
  const env = { ...process.env, KIT_DEBIAN_SNAPSHOT: pathToFileURL(archive.dir).href };
  const progress = { task: testWork().progress.task, line: (text: string) => void lines.push(text) };
  return testWork({ env, progress, locked: true });
}

let turn = 0;

/** A package with these commands, which make the file `out`. */
async function packageOf(run: readonly string[], more = '', script = ''): Promise<string> {
  turn += 1;
  const folder = join(dir, `package-${turn}`);
  mkdirSync(join(folder, 'src'), { recursive: true });
  writeFileSync(join(folder, 'src/suffix'), `, all ${turn}\n`);
  writeFileSync(join(folder, 'src/script'), script);
  const yml = { package: 'tiny', tools: [], run, files: { '/usr/bin/tiny': 'out' } };
  const fields = Object.entries(yml).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}\n`);
  writeFileSync(join(folder, 'build.yml'), `image: tiny\nsource:\n${fields.join('')}${more}`);
  const { debian } = buildSource(yml);
  await writeDebianLock(join(folder, 'debian.lock.json'), emptyDebianLock(debian), hostArch, [
    ...tools,
    ...sources,
  ]);
  return folder;
}

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
  expect(files['usr/bin/tiny']).toBe(`755 good morning\n, all ${turn}\n1751371200 ${hostArch}\n`);
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
