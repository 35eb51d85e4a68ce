import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { TestProject } from './testing.ts';

let project: TestProject;
afterEach(() => project.remove());

const place = { file: 'build.yml', line: 1, column: 1 };

test('imports of other files give what the table of loaders says', async () => {
  project = new TestProject({
    'main.ts': `import { readFileSync } from 'node:fs';
      import sql from './a.sql'; import wasm from './a.wasm'; import settings from './a.json5';
      import yaml from './a.yaml'; import data from './a.dat'; import page from './a.html'; import json from './a.json';
      console.log(sql, wasm instanceof Uint8Array, settings.a, yaml, readFileSync(data, 'utf8'), page, json.x);`,
    ...{ 'a.sql': 'select 1', 'a.wasm': '\0asm', 'a.json5': '{a: 1,} // x', 'a.yaml': 'a: 1' },
    ...{ 'a.dat': 'dat', 'a.html': '<p>', 'a.json': '{"x": 2}' },
  });
  expect(await project.run({ loaders: { '.dat': 'file', '.html': 'base64' } })).toBe(
    'select 1 true 1 a: 1 dat PHA+ 2\n',
  );
  project.write({ 'a.json5': '{a: 1\n b: 2}' });
  await expect(project.bundle({ loaders: { '.dat': 'text' } })).rejects.toMatchObject({
    message: expect.stringContaining('invalid character'),
    place: { file: expect.stringMatching(/a\.json5$/), line: 2 },
  });
});

test('a program can be imported as text, and JavaScript can have JSX', async () => {
  project = new TestProject({
    'main.ts': `import client from './client.mjs'; import { page } from './page.js'; console.log(client, page);`,
    'client.mjs': 'import.meta.url;',
    'page.js':
      '/** @jsx h */ const h = (name) => name + import.meta.dirname.length; export const page = <b />;',
  });
  const output = await project.run({ loaders: { '.mjs': 'text', '.js': 'jsx' } });
  expect(output).toBe(`import.meta.url; b${project.guest.length}\n`);
});

test('tsconfig.json is honoured: paths, what it extends, JSX', async () => {
  project = new TestProject({
    'tsconfig.json': `{ // with comments
      "extends": ["./base.json", "@tsconfig/node"], "compilerOptions": {"paths": {"~/*": ["./src/*"]}} }`,
    'base.json': '{"compilerOptions": {"jsx": "react-jsx", "jsxImportSource": "tiny"}}',
    'node_modules/@tsconfig/node/tsconfig.json': '{"compilerOptions": {"strict": true}}',
    'node_modules/tiny/package.json': '{"name": "tiny", "version": "1.0.0"}',
    'node_modules/tiny/jsx-runtime.js':
      'exports.jsx = (name, { children }) => ["<", name, ">", children, "</", name, ">"].join("");',
    'main.ts': `import { page } from '~/page.tsx'; console.log(page('x'));`,
    'src/page.tsx': 'export const page = (x: string) => <b>{x}</b>;',
  });
  expect(await project.run()).toBe('<b>x</b>\n');
  const { inputs } = await project.bundle();
  for (const name of [
    'tsconfig.json',
    'base.json',
    'node_modules/@tsconfig/node/tsconfig.json',
    'src/tsconfig.json',
  ])
    expect(inputs).toContain(project.path(name));
});

test.each([
  ['itself', '{"extends": "./tsconfig.json"}', /it extends itself: ".*" -> ".*"$/],
  ['another that extends it', '{"extends": "./a"}', /it extends itself/],
  ['nothing', '{"extends": "./absent.json"}', /it extends ".\/absent.json", which is not there/],
  ['no package', '{"extends": "@tsconfig/absent"}', /it extends "@tsconfig\/absent", which is not there/],
  ['no JSON', '{"extends" "x"}', /Cannot read ".*tsconfig.json": invalid character/],
])('a tsconfig.json that extends %s is one sentence', async (_what, text, message) => {
  project = new TestProject({
    'main.ts': '',
    'tsconfig.json': text,
    'a.json': '{"extends": "./tsconfig.json"}',
  });
  await expect(project.bundle()).rejects.toThrow(message);
  await expect(project.bundle()).rejects.toHaveProperty('place.line', 1);
});

test('a tsconfig.json above the project has no effect', async () => {
  project = new TestProject({
    'main.ts': 'console.log(1);',
    '../tsconfig.json': '{"extends": "./absent.json"}',
  });
  expect(await project.run()).toBe('1\n');
});

test('decorators get the types of what they decorate', async () => {
  project = new TestProject({
    'tsconfig.json': '{"compilerOptions": {"experimentalDecorators": true, "emitDecoratorMetadata": true}}',
    'main.ts': `import './reflect.ts';
      import { Service } from './service.ts';
      import type { Options } from './service.ts';
      const injectable = (target: object): void => {};
      const param = (target: object, key: string | undefined, index: number): void => console.log('param', index);
      const column = (target: object, key: string): void => console.log(key, Reflect.getMetadata('design:type', target, key)?.name);
      @injectable
      class Controller {
        @column name: string = 'n';
        @column when?: Date;
        constructor(private service: Service, @param options: Options) { void options; }
      }
      const types = Reflect.getMetadata('design:paramtypes', Controller) as { name: string }[];
      console.log(types.map(({ name }) => name), new Controller(new Service(), {}).name, Controller.name);`,
    'service.ts': 'export class Service {}\nexport interface Options { a?: string }',
    'reflect.ts': `const all = new Map<unknown, Map<string, unknown>>();
      Object.assign(Reflect, {
        metadata: (key: string, value: unknown) => (target: object, name = '') =>
          void all.set(target, (all.get(target) ?? new Map()).set(key + name, value)),
        getMetadata: (key: string, target: object, name = '') => all.get(target)?.get(key + name),
      });
      declare global { namespace Reflect { function getMetadata(key: string, target: object, name?: string): any; } }`,
  });
  expect(await project.run()).toBe("name String\nwhen Date\nparam 1\n[ 'Service', 'Object' ] n Controller\n");
});

test.each([
  ['npm', 'package-lock.json', 'node_modules'],
  ['pnpm', 'pnpm-lock.yaml', 'packages/app/node_modules'],
  ['yarn', 'yarn.lock', 'node_modules'],
])('packages of a workspace of %s are bundled from their TypeScript sources', async (_by, lock, modules) => {
  project = new TestProject(
    {
      'package.json': '{"name": "all", "workspaces": ["packages/*"]}',
      'packages/app/package.json': '{"name": "@acme/app", "type": "module"}',
      'packages/app/main.ts': `import { fail, text } from '@acme/text'; console.log(text()); fail();`,
      'packages/text/package.json': '{"name": "@acme/text", "type": "module", "exports": "./src/index.ts"}',
      'packages/text/tsconfig.json': '{"compilerOptions": {"paths": {"#x": ["./src/x.ts"]}}}',
      'packages/app/tsconfig.json': '{}',
      'packages/text/src/index.ts': `import { readFileSync } from 'node:fs';
        import { x } from '#x';
        export const text = (): string => readFileSync(new URL('../text.txt', import.meta.url), 'utf8') + x;
        export function fail(): void {
          throw new Error('no luck');
        }`,
      'packages/text/src/x.ts': 'export const x = "!";',
      'packages/text/text.txt': 'hello',
    },
    'packages/app',
  );
  rmSync(project.path('package-lock.json'));
  project.write({ [lock]: '{}' });
  mkdirSync(project.path(`${modules}/@acme`), { recursive: true });
  const source = relative(`${modules}/@acme`, 'packages/text');
  symlinkSync(source, project.path(`${modules}/@acme/text`));
  const thrown = (await project.start().catch((error: unknown) => error)) as {
    stdout: string;
    stderr: string;
  };
  expect(thrown.stdout).toBe('hello!\n');
  expect(thrown.stderr).toMatch(/^\/@acme\/text\/src\/index\.ts:5\n {10}throw new Error\('no luck'\);\n/m);
  expect(thrown.stderr).toMatch(
    /at fail \(\/@acme\/text\/src\/index\.ts:5:17\)\n {4}at .*\/app\/main\.ts:1:/,
  );
  const { inputs } = await project.bundle();
  expect(inputs).toContain(project.path('packages/text/src/x.ts'));
  expect(inputs).toContain(project.path('packages/text/package.json'));
});

test('the source maps of dependencies may name sources that are not there', async () => {
  const map = {
    version: 3,
    sources: ['../../../gone.ts', 'https://example.com/x.ts'],
    names: [],
    mappings: 'AAAA;ACAA',
  };
  project = new TestProject({
    'main.ts': `import 'mapped';`,
    'node_modules/mapped/package.json': '{"name": "mapped", "version": "1.0.0"}',
    'node_modules/mapped/index.js': 'console.log(1);\nconsole.log(2);\n//# sourceMappingURL=index.js.map\n',
    'node_modules/mapped/index.js.map': JSON.stringify(map),
  });
  expect(await project.run()).toBe('1\n2\n');
  const { files } = await project.bundle();
  expect(String(files.find(({ name }) => name.endsWith('.map'))?.content)).not.toContain(project.dir);
});

test('a package that does not run on the Node of machines is refused', async () => {
  project = new TestProject({
    'main.ts': `import 'old'; console.log('up');`,
    'node_modules/old/package.json': '{"name": "old", "version": "1.2.3", "engines": {"node": ">=14 <20"}}',
    'node_modules/old/index.js': '',
  });
  await expect(project.bundle()).rejects.toMatchObject({
    message: expect.stringMatching(
      /^Cannot bundle "old" 1\.2\.3: it wants Node >=14 <20, and machines have Node 26\./,
    ),
    hint: expect.stringContaining('ignoreEngines: ["old"]'),
  });
  expect(await project.run({ ignoreEngines: ['old'] })).toBe('up\n');
});

test("yarn's Plug'n'Play is refused", async () => {
  project = new TestProject({ 'main.ts': '', '.pnp.cjs': '' });
  await expect(project.bundle()).rejects.toMatchObject({
    message: expect.stringContaining('yarn has installed it without node_modules'),
    hint: expect.stringContaining('nodeLinker: node-modules'),
  });
});

test('symbolic links are followed within the project only', async () => {
  project = new TestProject({ 'main.ts': '', 'data/a.txt': 'a', '../secret/s': 's' });
  symlinkSync('data', project.path('linked'));
  const assets = [{ pattern: 'linked', place }];
  expect((await project.bundle({ assets })).assets).toEqual([
    { path: join(project.guest, 'linked/a.txt'), source: project.path('data/a.txt') },
  ]);
  rmSync(project.path('linked'));
  symlinkSync('../secret', project.path('linked'));
  await expect(project.bundle({ assets })).rejects.toMatchObject({
    message: expect.stringMatching(/linked": it is a symbolic link out of the project$/),
    place,
    hint: expect.stringContaining('copy what it leads to'),
  });
  const absent = [{ pattern: 'views/*.html', place }];
  await expect(project.bundle({ assets: absent })).rejects.toThrow(
    'Cannot take along "views/*.html": no such file in',
  );
});

test('the same project elsewhere gives the same bytes', async () => {
  const files = {
    'src/main.ts': `import x from 'dep'; new URL('./a.txt', import.meta.url); new Worker(new URL('./w.ts', import.meta.url)); console.log(x);`,
    ...{ 'src/a.txt': 'a', 'src/w.ts': '' },
    'node_modules/dep/package.json': '{"name": "dep", "version": "1.0.0"}',
    'node_modules/dep/index.js': 'module.exports = 1;',
  };
  const part = { service: 'src/main.ts', install: '/service/main.mjs' };
  project = new TestProject(files);
  const [here, dir] = [await project.bundle(part), project.dir];
  project.remove();
  project = new TestProject(files);
  const there = await project.bundle(part);
  const shown = ({ files }: typeof here) =>
    files.map(({ name, content }) => [name, String(Buffer.from(content))]);
  expect(shown(there)).toEqual(shown(here));
  expect(JSON.stringify(shown(here))).not.toContain(dir);
});
