import { afterEach, expect, test } from 'vitest';
import { TestProject } from './testing.ts';

let project: TestProject;
afterEach(() => project.remove());

/** What the program of these files prints. */
async function output(files: Readonly<Record<string, string>>, part = {}): Promise<string> {
  project = new TestProject(files);
  return project.run(part);
}

test('a worker gets a bundle of its own, as does a child process, with their dependencies', async () => {
  const text = await output(
    {
      'src/main.ts': `import { fork } from 'node:child_process';
      import { once } from 'node:events';
      import { Worker } from 'node:worker_threads';
      const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: 'a' });
      console.log(await once(worker, 'message'));
      const child = fork(new URL('jobs/child.js', import.meta.url));
      console.log((await once(child, 'message'))[0]);`,
      'src/worker.ts': `import { parentPort, workerData } from 'node:worker_threads';
      import { twice } from './twice.ts';
      parentPort?.postMessage(twice(workerData as string));`,
      'src/jobs/child.ts': `import { twice } from '../twice.ts'; process.send?.(twice('b'));`,
      'src/twice.ts': `import dep from 'dep'; export const twice = (text: string): string => dep(text);`,
      'node_modules/dep/package.json': '{"name": "dep", "version": "1.0.0"}',
      'node_modules/dep/index.js': 'module.exports = (text) => text + text;',
    },
    { service: 'src/main.ts' },
  );
  expect(text).toBe("[ 'aa' ]\nbb\n");
});

test('files that the program names go along, at their places', async () => {
  const text = await output(
    {
      'src/main.ts': `import { readFileSync, readdirSync, existsSync } from 'node:fs';
      import { dirname, join } from 'node:path';
      import { fileURLToPath } from 'node:url';
      const __filename = fileURLToPath(import.meta.url);
      const __dirname = dirname(__filename);
      const views = join(__dirname, '..', 'views');
      console.log(readFileSync(new URL('../data.txt', import.meta.url), 'utf8'));
      console.log(readFileSync(join(views, 'a.html'), 'utf8'), readdirSync(views));
      console.log(readFileSync(\`\${import.meta.dirname}/b.sql\`, 'utf8'));
      console.log(existsSync(join(import.meta.dirname, 'absent')));`,
      'data.txt': 'data',
      'views/a.html': 'a',
      'views/sub/c.html': 'c',
      'src/b.sql': 'b',
      'views2/x': 'x',
    },
    { service: 'src/main.ts' },
  );
  expect(text).toBe("data\na [ 'a.html', 'sub' ]\nb\nfalse\n");
});

test('assets: are for computed paths', async () => {
  const files = {
    'main.ts': `import { readFileSync } from 'node:fs';
      for (const name of ['a', 'b']) console.log(readFileSync(new URL(\`./text/\${name}.txt\`, import.meta.url), 'utf8'));`,
    'text/a.txt': 'A',
    'text/b.txt': 'B',
    'text/c.md': 'C',
  };
  const place = { file: 'build.yml', line: 1, column: 1 };
  expect(await output(files, { assets: [{ pattern: 'text/*.txt', place }] })).toBe('A\nB\n');
  const { assets } = await project.bundle({
    assets: [
      { pattern: 'text', place },
      { pattern: '!text/b.*', place },
    ],
  });
  expect(assets?.map(({ path }) => path)).toEqual([
    `${project.guest}/text/a.txt`,
    `${project.guest}/text/c.md`,
  ]);
  await expect(project.bundle()).rejects.toMatchObject({
    message: expect.stringMatching(
      /the path of a file is computed: kit cannot see which files below "text" to take/,
    ),
    place: { line: 2 },
    hint: 'name them in "assets:" of build.yml: assets: ["text/*.txt"]',
  });
});

test.each<[string, string, RegExp]>([
  ['a URL', 'export const x = (name: string) => new URL(name, import.meta.url);', /below "\."/],
  [
    'a sum',
    `import { readFileSync } from 'node:fs';\nexport const x = (y: string) => readFileSync(__dirname + '/x/' + y);`,
    /below "x"/,
  ],
  [
    'an import',
    'export const x = (name: string) => import(name);',
    /the module of this import\(\) is computed/,
  ],
  [
    'a require',
    `import { createRequire } from 'node:module';\nexport const x = (name: string) => createRequire(import.meta.url)(name);`,
    /module of this require\(\) is computed/,
  ],
  [
    'a missing file',
    `import { readFileSync } from 'node:fs';\nreadFileSync(new URL('./no.txt', import.meta.url));`,
    /"no\.txt" is not there/,
  ],
  [
    'a file outside',
    `export const x = new URL('../outside.txt', import.meta.url);`,
    /"\.\.\/outside\.txt" is outside of the package's folder/,
  ],
  ['a missing package', `import 'nowhere';`, /Could not resolve "nowhere"/],
])('%s that cannot work is an error with its place', async (_what, text, message) => {
  project = new TestProject({ 'main.ts': text, '../outside.txt': '' });
  await expect(project.bundle()).rejects.toMatchObject({
    message: expect.stringMatching(message),
    place: { file: expect.stringMatching(/main\.ts$/) },
    hint: expect.stringMatching(/./),
  });
});

test('what may be absent is no error', async () => {
  const text = await output({
    'main.ts': `import { readFileSync, writeFileSync } from 'node:fs';
      import lazy from 'lazy';
      let native = 'none';
      try { native = require('pg-native'); } catch {}
      const own = await import('maybe').catch(() => 'no maybe');
      let settings = 'default';
      try { settings = readFileSync(new URL('settings.json', import.meta.url), 'utf8'); } catch {}
      console.log(native, own, settings, lazy.ok, lazy.microservices());`,
    'node_modules/lazy/package.json': '{"name": "lazy", "version": "1.0.0"}',
    'node_modules/lazy/index.js': `exports.ok = 1;
      const optional = (load) => { try { return load(); } catch (error) { return error.code; } };
      exports.microservices = () => optional(() => require('@nest/microservices'));`,
  });
  expect(text).toBe('none no maybe default 1 MODULE_NOT_FOUND\n');
});

test('files of dependencies go along', async () => {
  const text = await output({
    'main.ts': `import { readFileSync, readdirSync } from 'node:fs';
      import wasm from 'wasm'; import ui from 'ui'; import locales from 'locales';
      console.log(wasm, readdirSync(ui()), locales('de'));`,
    'node_modules/wasm/package.json':
      '{"name": "wasm", "version": "1.0.0", "type": "module", "exports": "./lib/i.js"}',
    'node_modules/wasm/lib/i.js': `import { readFileSync } from 'node:fs';
      import { createRequire } from 'node:module';
      const require = createRequire(import.meta.url);
      export default readFileSync(new URL('../x_bg.wasm', import.meta.url), 'utf8') + require('../package.json').version;`,
    'node_modules/wasm/x_bg.wasm': 'wasm',
    'node_modules/ui/package.json': '{"name": "ui", "version": "1.0.0"}',
    'node_modules/ui/index.js': `module.exports = () => require('path').resolve(__dirname);`,
    'node_modules/ui/ui.css': '',
    'node_modules/locales/package.json': '{"name": "locales", "version": "1.0.0"}',
    'node_modules/locales/index.js': `const { join } = require('path');
      module.exports = (name) => require('fs').readFileSync(join(__dirname, 'text', name + '.txt'), 'utf8');`,
    'node_modules/locales/text/de.txt': 'Hallo',
  });
  expect(text).toBe("wasm1.0.0 [ 'index.js', 'package.json', 'ui.css' ] Hallo\n");
});

test('the idioms that ask for the main module work', async () => {
  const text = await output(
    {
      'src/main.ts': `import { fileURLToPath, pathToFileURL } from 'node:url';
      import { isMain } from './other.ts';
      import cjs from './cjs.cjs';
      const file = fileURLToPath(import.meta.url);
      console.log(import.meta.main, process.argv[1] === file, isMain, cjs,
        import.meta.url === pathToFileURL(process.argv[1] ?? '').href);`,
      'src/other.ts': `export const isMain = [import.meta.main, process.argv[1] === import.meta.filename].join();`,
      'src/cjs.cjs': `module.exports = require.main === module;`,
    },
    { service: 'src/main.ts' },
  );
  expect(text).toBe('true true false,false false true\n');
});

test('above a stack stands the line of the source, and never a long one of the bundle', async () => {
  const values = Array.from({ length: 500 }, (_none, at) => `export const v${at} = () => 'value ${at}';`);
  project = new TestProject({
    'main.ts': `import * as dep from 'dep';\ninterface Unused { a: 1 }\nif (process.argv.length > 9) console.log(dep);
process.nextTick((thrown?: Error): void => { if (!thrown) throw new Error('own'); });`,
    'node_modules/dep/package.json':
      '{"name": "dep", "version": "1.0.0", "type": "module", "main": "index.js"}',
    'node_modules/dep/index.js': `${values.join('\n')}\nif (globalThis.process.env.OF_DEP) throw new Error('dep');`,
  });
  const failure = (await project.start().catch(({ stderr }: { stderr: string }) => stderr)) as string;
  expect(failure).toMatch(/^\S*main\.ts:4\nprocess\.nextTick\(\(thrown\?: Error\)/);
  expect(failure).toMatch(/Error: own\n {4}at \S+ \(?\S*main\.ts:4:/);
  const { files } = await project.bundle();
  const programs = files.filter(({ name }) => name.endsWith('.mjs'));
  const widths = programs.flatMap(({ content }) =>
    String(Buffer.from(content))
      .split('\n')
      .map((line) => line.length),
  );
  expect(Math.max(...widths)).toBeLessThan(400);
});

test('a program that asks for another language is told what it gets, unless it takes all along', async () => {
  project = new TestProject({
    'main.ts': "import './shown.ts';\nconsole.log(new Date(0).toLocaleDateString('en-GB'));",
    'shown.ts': "export {};\n\nconsole.log((1.5).toLocaleString('de-DE'));",
  });
  expect((await project.bundle()).notes).toEqual([
    expect.stringMatching(
      /shown\.ts:3 asks for the language "de-DE", in whose place it gets English; "icu: full"/,
    ),
  ]);
  expect((await project.bundle({ icu: 'full' })).notes).toEqual([]);
});
