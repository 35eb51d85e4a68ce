import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bodyBytes, readTar } from '../../../lib/archive/tar.ts';
import { renderError } from '../../../lib/errors/render.ts';
import type { Descriptor } from '../../../lib/oci/types.ts';
import { hostArch } from '../../host/arch.ts';
import { testWork } from '../../testing.ts';
import type { Work } from '../../work.ts';
import type { ExternalPackage } from '../definition/external-fields.ts';
import { readElf } from './addons/elf.ts';
import { toolchain } from './compile/toolchain.ts';
import { externalLayer } from './external-layer.ts';
import { planExternal } from './plan-external.ts';
import { TestRegistry } from './testing.ts';

const cacheDir = mkdtempSync(join(tmpdir(), 'kit-external-cache-'));
afterAll(() => rmSync(cacheDir, { recursive: true, force: true }));

async function layerOf(
  dir: string,
  external: readonly ExternalPackage[],
  work: Work,
  ignoreEngines: readonly string[] = [],
): Promise<Descriptor> {
  return externalLayer(
    await planExternal(external, ignoreEngines, dir, work),
    '/service/main.mjs',
    false,
    work,
  );
}

async function filesOf(layer: Descriptor, work: Work): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const path = work.cache.blobPath(layer.digest);
  for await (const entry of readTar(createReadStream(path), path))
    files.set(entry.path, await bodyBytes(entry));
  return files;
}

const testdata = (name: string): string => join(import.meta.dirname, 'testdata', name);
const place = { file: 'build.yml', line: 3, column: 12 };
const bcrypt = [{ name: 'bcrypt', build: [], place }];

test.each(['amd64', 'arm64'] as const)(
  'the lock files of npm, pnpm and Yarn give the same bytes for %s',
  async (arch) => {
    // A cache of its own: otherwise layers of earlier runs would be found.
    const work = testWork({ arch, cacheDir });
    const layers = ['npm', 'pnpm', 'yarn'].map((name) => layerOf(testdata(name), bcrypt, work));
    const [first, ...others] = await Promise.all(layers);
    for (const layer of others) expect(layer).toEqual(first);
    const files = await filesOf(first as Descriptor, work);
    const addons = [...files].filter(([path]) => path.endsWith('.node'));
    const machine = { amd64: 'x64', arm64: 'arm64' }[arch];
    expect(addons.map(([path]) => path)).toEqual([
      `service/node_modules/bcrypt/prebuilds/linux-${machine}/bcrypt.glibc.node`,
    ]);
    expect(addons.map(([, bytes]) => readElf(bytes)?.machine)).toEqual([machine]);
    expect([...files.keys()]).toContain('service/node_modules/.bin/node-gyp-build');
  },
);

async function messageOf(run: Promise<unknown>): Promise<string> {
  return run.then(
    () => 'no error',
    (thrown: unknown) => renderError(thrown),
  );
}

const plain = (...build: string[]): ExternalPackage[] => [{ name: 'a', build, place }];

test.each<[string, object, Record<string, string>, string]>([
  ['for another Node', { engines: { node: '<20' } }, {}, 'it wants Node "<20", and the machine has'],
  ['for another system', { os: ['win32'] }, {}, 'it is for win32'],
  ['that has to be compiled', {}, { 'binding.gyp': '{}' }, 'it has to be compiled for Node'],
  ['with an addon for another system', {}, { 'a.node': 'MZ' }, 'what it has compiled is for other platforms'],
])('a package %s is refused', async (_what, manifest, files, message) => {
  await using registry = await TestRegistry.start();
  await registry.add('a', manifest, files);
  expect(await messageOf(layerOf(registry.dir, plain(), registry.work))).toContain(message);
});

test('an optional package that does not fit is left out, with a line that says so', async () => {
  await using registry = await TestRegistry.start();
  await registry.add('b', {}, { 'binding.gyp': '{}' });
  await registry.add('a', { main: 'a.js' }, { 'a.js': '' }, { optionalDependencies: { b: '1.0.0' } });
  const lines: string[] = [];
  const { progress, ...rest } = registry.work;
  const work = { ...rest, progress: { ...progress, line: (text: string) => void lines.push(text) } };
  const files = await filesOf(await layerOf(registry.dir, plain(), work), work);
  expect([...files.keys()]).toContain('service/node_modules/a/a.js');
  expect([...files.keys()].filter((path) => path.includes('/b'))).toEqual([]);
  expect(lines.join('\n')).toMatch(/^Left out the optional npm package "b" 1.0.0: it has to be compiled/);
});

test('other bytes than those of the lock file are refused', async () => {
  await using registry = await TestRegistry.start();
  await registry.add('a', {}, {}, { integrity: `sha512-${'A'.repeat(86)}==` });
  expect(await messageOf(layerOf(registry.dir, plain(), registry.work))).toMatch(
    /Cannot fetch the external packages: .*integrity[\s\S]*the registry sends other bytes/,
  );
});

test('a package that the registry does not have is named', async () => {
  await using registry = await TestRegistry.start();
  await registry.add('a', {}, {}, { dependencies: { nowhere: '1.0.0' } });
  const lock = { version: '1.0.0', integrity: `sha512-${'A'.repeat(86)}==` };
  const entry = { version: '1.0.0', integrity: lock.integrity, dependencies: { nowhere: '1.0.0' } };
  const packages = {
    '': { dependencies: { a: '1.0.0' } },
    'node_modules/a': entry,
    'node_modules/nowhere': lock,
  };
  registry.write('package-lock.json', JSON.stringify({ lockfileVersion: 3, packages }));
  expect(await messageOf(layerOf(registry.dir, plain(), registry.work))).toMatch(
    /Cannot fetch .*40[0-9]|not found/i,
  );
});

describe('install scripts', () => {
  const other = hostArch === 'amd64' ? 'arm64' : 'amd64';
  // node-gyp comes from the user's registry, which the registry of a test does not have.
  beforeAll(async () => {
    for (const arch of [hostArch, other] as const) await toolchain(testWork({ arch }));
  }, 600_000);

  test('a script runs without network, host files and privileges, for the other processor as well', async () => {
    await using registry = await TestRegistry.start();
    const script = [
      'cat /proc/self/status >proc || echo none >proc',
      "node -e \"require('net').connect(80, '192.0.2.1').on('error', (e) => console.log(e.code))\" >network",
      'for path in /usr/x /opt/node/x /etc/x /build/x /x; do touch $path && echo "$path"; done >written; ls / >root',
      `test -e "${registry.dir}" || echo none >host; mount -t tmpfs tmpfs /tmp || echo refused >mount`,
      'echo $npm_config_arch >arch; mkdir build; touch build/made.o',
    ].join('\n');
    await registry.add('a', { scripts: { install: 'sh script.sh' } }, { 'script.sh': script });
    const work = { ...registry.work, arch: other } as const;
    const files = await filesOf(await layerOf(registry.dir, plain('a'), work), work);
    const text = (name: string): string | undefined =>
      files.get(`service/node_modules/a/${name}`)?.toString();
    expect({
      proc: text('proc'),
      host: text('host'),
      mount: text('mount'),
      network: text('network'),
    }).toEqual({
      ...{ proc: 'none\n', host: 'none\n', mount: 'refused\n', network: 'ENETUNREACH\n' },
    });
    expect(text('written')?.trim().split('\n')).toEqual(['/build/x']);
    expect(text('arch')).toBe(other === 'arm64' ? 'arm64\n' : 'x64\n');
    expect(files.has('service/node_modules/a/build/made.o')).toBe(false);
  }, 600_000);

  test.each([
    ['exits with an error', 'echo no such header >&2; exit 3', 'has exit status 3\n  no such header'],
    [
      'wants the network',
      'node -e "fetch(\'http://example.org\').catch((e) => { throw e.cause })"',
      'get no network',
    ],
    ['leaves a link to the host', 'ln -s /etc/passwd link', 'it points to "/etc/passwd", outside'],
  ])(
    'a script that %s is an error',
    async (_what, install, message) => {
      await using registry = await TestRegistry.start();
      await registry.add('a', { scripts: { install } });
      expect(await messageOf(layerOf(registry.dir, plain('a'), registry.work))).toContain(message);
    },
    600_000,
  );
});

test('a package without scripts cannot be built', async () => {
  await using registry = await TestRegistry.start();
  await registry.add('a', {});
  expect(await messageOf(layerOf(registry.dir, plain('a', 'b'), registry.work))).toContain(
    'Cannot build npm package "a": it has no install script',
  );
});
