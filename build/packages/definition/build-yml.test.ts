import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderError } from '../../../lib/errors/render.ts';
import { dataFile, kitRoot } from '../../host/paths.ts';
import { recipes } from '../recipes.ts';
import { parseBuildYml } from './build-yml.ts';

const dir = join(kitRoot, 'examples/node-app');

test.each(['kit', 'example.org/team', 'localhost:5000/me', '127.0.0.1:5000/a/b'])('%s is an org', (org) => {
  const text = `image: app\nservice: ./main.ts\norg: ${org}\n`;
  expect(parseBuildYml(text, dir, 'build.yml')).toMatchObject({ org });
});

test.each(['Kit', 'a:', 'a:5000', 'a:x/y', '/a', 'a//b'])('%s is no org', (org) => {
  const text = `image: app\nservice: ./main.ts\norg: "${org}"\n`;
  expect(() => parseBuildYml(text, dir, 'build.yml')).toThrow('org must be a name such as "kit"');
});

test('a service has defaults for organisation, tag and install path', () => {
  expect(parseBuildYml('image: app\nservice: ./main.ts\n', dir, 'build.yml')).toMatchObject({
    image: 'app',
    org: 'kit',
    tag: '{{.Hash}}',
    source: { kind: 'service', main: join(dir, 'main.ts'), install: '/service/main.mjs' },
    base: [],
  });
});

test('paths without ./ are in the checkout; a base pkg/x is beside the package or there', () => {
  const text = 'image: app\nservice: build/main.ts\nbase: [pkg/libs]\ngitrepo: https://example.org/app\n';
  expect(parseBuildYml(text, dir, 'build.yml')).toMatchObject({
    source: { main: join(kitRoot, 'build/main.ts') },
    base: [join(kitRoot, 'pkg/libs')],
    labels: { 'org.opencontainers.image.source': 'https://example.org/app' },
  });
});

test('packages of firmware are found and kept with the others', () => {
  const kernel = 'kernel: {modules: [loop]}, components: [main, non-free-firmware]';
  const text = `image: k\ndebian: {packages: [linux], keep: ["linux-image-*"], firmware: [fw-x], ${kernel}}\n`;
  expect(parseBuildYml(text, dir, 'build.yml').source).toMatchObject({
    debian: {
      components: ['main', 'non-free-firmware'],
      packages: ['linux', 'fw-x'],
      keep: ['linux-image-*', 'fw-x'],
      firmware: ['fw-x'],
    },
  });
});

test.each([
  ['imagee: app', '1:1: unknown key "imagee" in the package (did you mean "image"?)'],
  ['service: ./main.ts', '1:1: the package has no "image"'],
  ['image: App', '1:8: image must be a name of a-z and 0-9'],
  ['image: app\nservice: ./mian.ts', '2:10: Cannot find program "./mian.ts": no such file'],
  ['image: app\nservice: main.py', '2:10: service must be the path of a TypeScript or JavaScript file'],
  [
    'image: app\nservice: ./main.ts\ndebian: {packages: [a1]}',
    '3:1: a package has either "service" or "debian"',
  ],
  ['image: app\ninstall: /main.mjs', '2:1: key "install" needs "service"'],
  ['image: app\nservice: ./main.ts\ninstall: /../x.mjs', '3:10: install must be an absolute path'],
  [
    'image: app\nservice: ./main.ts\nentrypoint: [x]',
    '3:1: key "entrypoint" is for packages without "service"',
  ],
  ['image: app\nexternal: [sharp]', '2:1: key "external" needs "service"'],
  ['image: app\nicu: full', '2:1: key "icu" needs "service"'],
  ['image: app\nservice: ./main.ts\nicu: german', '3:6: icu must be one of "english", "full"'],
  ['image: app\nservice: ./main.ts\nexternal: [sharp, {name: sharp}]', '3:19: "sharp" is there twice'],
  ['image: app\nservice: ./main.ts\nexternal: [../x]', '3:12: '],
  ['image: app\nservice: ./main.ts\nexternal: [{sharp: x}]', '3:13: unknown key "sharp" in external[0]'],
  [
    'image: app\nservice: ./main.ts\nexternal: [{name: a, build: [..]}]',
    '3:30: external[0].build[0] must be',
  ],
  ['image: app\nservice: ./main.ts\nexternal: [[a]]', '3:12: external[0] must be the name of an npm package'],
  [
    'image: app\nservice: build/main.ts\nexternal: [sharp]',
    '3:1: key "external" is for a "service" beside build.yml',
  ],
  ['image: app\nbase: [pkg/lib]', '2:8: Cannot find package "pkg/lib" (did you mean "pkg/libs"?)'],
  [
    'image: app\nconfig: {capabilitys: []}',
    '2:10: unknown key "capabilitys" in config (did you mean "capabilities"?)',
  ],
  ['image: app\ndebian: {package: [a1]}', '2:10: unknown key "package" in debian (did you mean "packages"?)'],
  ['image: app\ndebian: {packages: [a1], firmware: [b1]}', '2:26: key "firmware" needs "kernel"'],
  [
    'image: app\ndebian: {packages: [a1], components: [Main]}',
    '2:39: debian.components[0] must be a component of Debian such as "non-free-firmware"',
  ],
  ['image: app\ndockerfile: Dockerfile', '2:1: key "dockerfile" is for packages made with a Dockerfile'],
  ['image: app\nservice: ./main.ts\nassets: [/etc/passwd]', '3:10: assets[0] must be a path or a glob below'],
  ['image: app\nservice: ./main.ts\nassets: [a/../../b]', '3:10: assets[0] must be a path or a glob below'],
  ['image: app\nservice: ./main.ts\nloaders: {.x: yaml}', '3:15: loaders..x must be one of "text"'],
  ['image: app\nservice: ./main.ts\nloaders: {sql: text}', '3:11: Cannot use a loader for "sql"'],
  [
    'image: app\nservice: ./main.ts\nentries: {x.mjs: ./main.ts}',
    '3:11: Cannot install a program at "x.mjs"',
  ],
  [
    'image: app\nservice: ./main.ts\nentries: {/service/main.mjs: ./main.ts}',
    '3:11: Cannot install a program at "/service/main.mjs": the program itself is there',
  ],
  [
    'image: app\nservice: ./main.ts\nentries: {/x.mjs: ./absent.ts}',
    '3:19: Cannot find program "./absent.ts": no such file',
  ],
  ['image: app\nassets: [x]', '2:1: key "assets" needs "service"'],
  ['image: app\nimage: b', '2:1: '],
  ['image: [', '1:9: '],
  ['', 'the package must be a map, not nothing'],
])('%j is refused with its position', (text, message) => {
  let shown = '';
  try {
    parseBuildYml(text, dir, 'build.yml');
  } catch (thrown) {
    shown = renderError(thrown);
  }
  expect(shown).toContain(message);
  expect(shown).toContain('error: build.yml:');
});

test('all files of the recipes exist', () => {
  expect(
    Object.values(recipes)
      .flat()
      .filter((file) => !existsSync(dataFile(file))),
  ).toEqual([]);
});

test('a build from source has tools that every build has, and a limit of memory', () => {
  const text =
    'image: a\nsource: {package: hello, tools: [gcc], run: [make], files: {/hello: out}, memory: 512 MiB}\n';
  const { source } = parseBuildYml(text, dir, 'build.yml');
  expect(source).toMatchObject({
    kind: 'source',
    source: {
      run: ['make'],
      files: { '/hello': 'out' },
      memoryKiB: 512 << 10,
      debian: { sourcePackage: 'hello' },
    },
  });
  expect(source.kind === 'source' && source.source.debian.packages).toEqual(
    expect.arrayContaining(['gcc', 'busybox-static', 'util-linux']),
  );
});

test.each([
  ['run: [make], files: {/a: b}', '2:1: source has no "tools"'],
  ['tools: [gcc], run: [make], files: {a: b}', '2:47: must be an absolute path in the machine'],
  [
    'tools: [gcc], run: [make], files: {/a: ../b}',
    'source.files./a must be a path below the folder of the build',
  ],
  [
    'tools: [gcc], run: [make], files: {/a: b}, memory: 4',
    '2:60: source.memory must be a size such as "4 GiB"',
  ],
])('source: {%s} is refused: %s', (fields, expected) => {
  expect(() => parseBuildYml(`image: a\nsource: {${fields}}\n`, dir, 'build.yml')).toThrow(
    expected.replace(/^\d+:\d+: /, ''),
  );
});

test('a package has one source', () => {
  const text = 'image: a\nsource: {tools: [gcc], run: [make], files: {/a: b}}\ndebian: {packages: [aa]}\n';
  expect(() => parseBuildYml(text, dir, 'build.yml')).toThrow(
    'a package has either "source" or "debian", not both',
  );
});
