import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  createReadStream,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { bodyBytes, readTar } from '../../lib/archive/tar.ts';
import { collectGarbage } from '../cache/gc.ts';
import type { ResolvedImage } from '../cache/stored-image.ts';
import { outdatedNames } from './outdated.ts';
import { planPackage } from './plan.ts';
import { Workshop } from './testing.ts';

// Counts how often a package is planned.
vi.mock('./plan.ts', { spy: true });

let shop: Workshop;
beforeEach(() => {
  shop = new Workshop();
  shop.write('app/build.yml', 'image: app\nservice: ./main.ts\nconfig: {readonly: true}\n');
  shop.write('app/main.ts', "import { text } from './text.ts';\nconsole.log(text as string);\n");
  shop.write('app/text.ts', "export const text: string = 'hello';\n");
  shop.write('app/files/etc/app.conf', 'x = 1\n');
});
afterEach(() => shop.remove());

const nameOf = async (dir: string): Promise<string> => (await shop.builder().id(shop.path(dir))).name;

async function filesOf(image: ResolvedImage): Promise<string[]> {
  const files: string[] = [];
  for (const { path } of image.layers) {
    for await (const entry of readTar(createReadStream(path), path)) {
      const content =
        entry.type === 'file' ? (await bodyBytes(entry)).toString().slice(0, 20) : entry.linkname;
      files.push(`${entry.mode.toString(8)} ${entry.path}${content ? ` ${JSON.stringify(content)}` : ''}`);
    }
  }
  return files;
}

test('a service has layers with libraries, Node, its bundle and source map, and its files', async () => {
  const image = await shop.builder().image(shop.path('app'));
  expect(image.name).toMatch(/^kit\/app:[0-9a-f]{40}$/);
  expect(await filesOf(image)).toEqual([
    '755 etc',
    '644 etc/libs "libs\\n"',
    '755 usr/bin/node "node"',
    '755 service',
    expect.stringContaining('644 service/main.mjs "const kitRequire'),
    expect.stringContaining('644 service/main.mjs.map'),
    '755 etc',
    '644 etc/app.conf "x = 1\\n"',
  ]);
  expect(image.config.config).toMatchObject({
    Entrypoint: expect.arrayContaining(['/usr/bin/node', '/service/main.mjs']),
    WorkingDir: '/service',
    Labels: { 'org.mobyproject.config': '{"readonly":true}' },
  });
});

test('a service with `icu: full` has a Node of its own, above those of services below it', async () => {
  const plain = await nameOf('app');
  shop.write('full/build.yml', 'image: app\nservice: ./main.ts\nicu: full\nbase: [../app]\n');
  shop.write('full/main.ts', 'console.log(new Date().toLocaleString("de"));\n');
  const image = await shop.builder().image(shop.path('full'));
  expect(image.name).not.toBe(plain);
  const nodes = (await filesOf(image)).filter((line) => line.includes(' usr/bin/node '));
  expect(nodes).toEqual(['755 usr/bin/node "node"', '755 usr/bin/node "node, all of it"']);
});

test("LinuxKit's label has LinuxKit's keys alone, and kit's own label the others", async () => {
  shop.write('mix/build.yml', 'image: mix\nconfig: {readonly: true, stopTimeout: 5s, after: [db]}\n');
  shop.write('mix/files/x', 'x');
  const { config } = (await shop.builder().image(shop.path('mix'))).config;
  expect(config.Labels).toEqual({
    'org.mobyproject.config': '{"readonly":true}',
    'io.kit.config': '{"stopTimeout":"5s","after":["db"]}',
  });
});

test('files keep their type and executable bit, and nothing else of their mode', async () => {
  shop.write('data/build.yml', 'image: data\n');
  shop.write('data/files/bin/run', '#!/bin/sh\n');
  shop.write('data/files/secret', 'x');
  chmodSync(shop.path('data/files/bin/run'), 0o700);
  chmodSync(shop.path('data/files/secret'), 0o600);
  symlinkSync('bin/run', shop.path('data/files/link'));
  expect(await filesOf(await shop.builder().image(shop.path('data')))).toEqual([
    '755 bin',
    '755 bin/run "#!/bin/sh\\n"',
    '777 link "bin/run"',
    '644 secret "x"',
  ]);
});

test('a copy of a package in another folder has the same name and the same bytes', async () => {
  shop.copy('app', 'far/away/app');
  const [here, there] = [shop.path('app'), shop.path('far/away/app')];
  const image = await shop.builder().image(here);
  expect(await shop.builder().image(there)).toEqual(image);
});

test('code and source map do not contain the path of the package', async () => {
  const image = await shop.builder().image(shop.path('app'));
  for (const { path } of image.layers) {
    for await (const entry of readTar(createReadStream(path), path)) {
      const text = (await bodyBytes(entry)).toString();
      expect(text).not.toContain(shop.dir);
      if (entry.path.endsWith('.map'))
        expect(JSON.parse(text).sources).toEqual(['/app/text.ts', '/app/main.ts']);
    }
  }
});

test.each<[string, () => void]>([
  ['a source file', () => shop.write('app/text.ts', "export const text: string = 'bye';\n")],
  ['build.yml', () => shop.write('app/build.yml', 'image: app\nservice: ./main.ts\n')],
  ['a file below files/', () => shop.write('app/files/etc/app.conf', 'x = 2\n')],
  ['a new file below files/', () => shop.write('app/files/etc/b.conf', '')],
  ['an executable bit', () => chmodSync(shop.path('app/files/etc/app.conf'), 0o755)],
  ['the removal of files/', () => rmSync(shop.path('app/files'), { recursive: true })],
  ['a package below', () => shop.write('libs/files/etc/libs', 'new libs\n')],
])('the name changes with %s', async (_what, change) => {
  const before = await nameOf('app');
  await settle();
  expect(await nameOf('app')).toBe(before);
  change();
  expect(await nameOf('app')).not.toBe(before);
});

test('an unchanged or merely touched package is not planned again', async () => {
  await settle();
  const before = await nameOf('app');
  vi.mocked(planPackage).mockClear();
  expect(await nameOf('app')).toBe(before);
  for (const path of ['app/main.ts', 'app/build.yml', 'libs/build.yml']) utimesSync(shop.path(path), 7, 7);
  expect(await nameOf('app')).toBe(before);
  await settle();
  expect(await nameOf('app')).toBe(before);
  expect(planPackage).not.toHaveBeenCalled();
});

test('workers and files of a program are in its layer, and part of its name', async () => {
  shop.write(
    'app/build.yml',
    'image: app\nservice: ./main.ts\nassets: [views]\nentries: {/service/bin/x.mjs: ./x.ts}\n',
  );
  shop.write('app/main.ts', "new Worker(new URL('./jobs/worker.ts', import.meta.url));\n");
  for (const name of ['x.ts', 'jobs/worker.ts', 'views/a.html']) shop.write(`app/${name}`, '');
  chmodSync(shop.path('app/views/a.html'), 0o755);
  const image = await shop.builder().image(shop.path('app'));
  const files = (await filesOf(image)).map((line) => line.replace(/ ".*$/, ''));
  expect(files.slice(3, -2)).toEqual([
    ...[
      '755 service',
      '755 service/bin',
      '644 service/bin/x.mjs',
      '644 service/bin/x.mjs.map',
      '755 service/jobs',
    ],
    ...['644 service/jobs/worker.mjs', '644 service/jobs/worker.mjs.map', '644 service/main.mjs'],
    ...['644 service/main.mjs.map', '755 service/views', '755 service/views/a.html'],
  ]);
  await settle();
  shop.write('app/views/b.html', '');
  expect(await nameOf('app')).not.toBe(image.name);
});

test('undoing a change gives the earlier name, which is still in the cache', async () => {
  const first = await shop.builder().image(shop.path('app'));
  const old = "export const text: string = 'hello';\n";
  shop.write('app/text.ts', old.replace('hello', 'bye'));
  await shop.builder().image(shop.path('app'));
  shop.write('app/text.ts', old);
  expect(await shop.builder().image(shop.path('app'))).toEqual(first);
});

/** Waits until file timestamps are old enough to be relied on (`tickMs` of inputs.ts). */
const settle = (): Promise<void> => sleep(120);

test('a package with a fixed tag is built again after a change', async () => {
  shop.write('app/build.yml', 'image: app\ntag: dev\nservice: ./main.ts\n');
  const first = await shop.builder().image(shop.path('app'));
  shop.write('app/text.ts', "export const text: string = 'bye';\n");
  const second = await shop.builder().image(shop.path('app'));
  expect([first.name, second.name]).toEqual(['kit/app:dev', 'kit/app:dev']);
  expect(second.digest).not.toBe(first.digest);
});

test('a compile error is reported with its place and source line', async () => {
  shop.write('app/text.ts', "export const text: string = 'hello'\nexport const oops = ;\n");
  await expect(shop.builder().image(shop.path('app'))).rejects.toMatchObject({
    name: 'KitError',
    message: expect.stringMatching(
      /^Cannot compile ".*main\.ts": Unexpected ";"\n {2}export const oops = ;\n {22}\^$/,
    ),
    place: { file: expect.stringContaining('app/text.ts'), line: 2, column: 21 },
  });
});

test('an unresolved import is named', async () => {
  shop.write('app/main.ts', "import './nowhere.ts';\n");
  await expect(shop.builder().id(shop.path('app'))).rejects.toThrow('Could not resolve "./nowhere.ts"');
});

test('an empty package, a cycle of bases and an unsupported architecture are refused', async () => {
  shop.write('empty/build.yml', 'image: empty\n');
  await expect(nameOf('empty')).rejects.toThrow('there is nothing in it');
  for (const [name, other] of ['ab', 'ba'].map((pair) => [...pair])) {
    shop.write(`${name}/build.yml`, `image: ${name}\nbase: [../${other}]\n`);
    shop.write(`${name}/files/x`, '');
  }
  const builder = shop.builder();
  await expect(Promise.all([builder.id(shop.path('a')), builder.id(shop.path('b'))])).rejects.toThrow(
    'its bases form a circle',
  );
  shop.write('arm/build.yml', 'image: arm\narches: [arm64]\n');
  await expect(nameOf('arm')).rejects.toThrow('for amd64: its arches are arm64');
});

test('two builders at the same time build a package once', async () => {
  shop.write('b/build.yml', 'image: b\nbase: [../app]\n');
  shop.write('b/files/b', 'b');
  const images = await Promise.all(
    [shop.builder(), shop.builder()].flatMap((builder) => [
      builder.image(shop.path('b')),
      builder.image(shop.path('app')),
    ]),
  );
  expect(images[0]).toEqual(images[2]);
  expect(images[1]).toEqual(images[3]);
  expect(images[0]?.layers).toHaveLength(5);
});

test('a damaged layer is detected and built again', async () => {
  const image = await shop.builder().image(shop.path('app'));
  const layer = image.layers.at(-1);
  chmodSync(layer?.path ?? '', 0o644);
  truncateSync(layer?.path ?? '', 10);
  expect(await shop.builder().image(shop.path('app'))).toEqual(image);
  expect(shop.lines).toEqual([`Image ${image.name} in the cache is damaged: building it again`]);
  expect(await filesOf(image)).toContain('644 etc/app.conf "x = 1\\n"');
});

test('garbage collection removes outdated builds, unless another kit uses the cache', async () => {
  const first = shop.work;
  const old = await shop.builder(first).image(shop.path('app'));
  await first.cache.close();
  shop.write('app/text.ts', "export const text: string = 'bye';\n");
  const other = shop.work;
  const image = await shop.builder(other).image(shop.path('app'));
  const { cache } = shop.work;
  const collect = () => collectGarbage(cache, (refs) => outdatedNames(cache.dir, refs));
  await expect(collect()).rejects.toThrow('another kit is using it');
  await other.cache.close();
  // The old manifest, configuration and bundle.
  expect(await collect()).toMatchObject({ files: 3 });
  const names = (await cache.refs.list()).map(({ name }) => name);
  expect(names).toContain(image.name);
  expect(names).not.toContain(old.name);
  expect(await shop.builder().image(shop.path('app'))).toEqual(image);
});

/** A build in another process that never completes its Node layer. */
async function stuckBuild(): Promise<() => Promise<void>> {
  const here = import.meta.dirname;
  const script = `import { PackageBuilder } from ${JSON.stringify(join(here, 'builder.ts'))};
    import { Workshop } from ${JSON.stringify(join(here, 'testing.ts'))};
    const shop = new Workshop(${JSON.stringify(shop.dir)});
    const nodeLayer = ({ cache }) => cache.scratch(() => new Promise(() => console.log('stuck')));
    setInterval(() => {}, 1000);
    await new PackageBuilder(shop.work, { ...shop.baseLayers, nodeLayer }).image(shop.path('app'));`;
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
}

test('a build waits for another process with the same build, and continues when that is killed', async () => {
  const kill = await stuckBuild();
  const image = shop.builder().image(shop.path('app'));
  while (shop.lines.length === 0) await sleep(10);
  expect(shop.lines[0]).toContain('Waiting for another kit that builds');
  await kill();
  expect((await image).layers).toHaveLength(4);
  expect(readdirSync(join(shop.work.cache.dir, 'scratch')).filter((name) => name !== 'door')).toHaveLength(1);
});
