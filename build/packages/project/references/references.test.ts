import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { analyse } from './analyse.ts';
import type { Surroundings } from './judgement.ts';

const home = realpathSync(mkdtempSync(join(tmpdir(), 'kit-references-')));
afterAll(() => rmSync(home, { recursive: true }));

for (const name of [
  ...['src/main.ts', 'src/worker.ts', 'src/a.txt', 'views/x.html', 'lib/plugin.js', 'package.json'],
  ...['node_modules/dep/index.js', 'node_modules/dep/package.json', 'node_modules/dep/worker.js'],
  ...['node_modules/dep/data/x.bin', 'node_modules/pino-pretty/index.js'],
]) {
  mkdirSync(dirname(join(home, name)), { recursive: true });
  writeFileSync(join(home, name), name.endsWith('.json') ? '{}' : '');
}

const around: Surroundings = {
  places: { home, root: home, folder: '/service' },
  installed: new Map([[join(home, 'src/main.ts'), '/service/main.mjs']]),
  isCovered: (path) => path === join(home, 'covered'),
  hasModules: false,
};

/** The analysis of a file, with paths relative to the project. */
async function analysed(text: string, file = 'src/main.ts') {
  const found = await analyse(join(home, file), text, file === 'src/main.ts', around);
  if (!found) return undefined;
  const shown = (paths: readonly string[]) => paths.map((path) => path.slice(home.length + 1));
  return { ...found, programs: shown(found.programs), taken: shown(found.taken) };
}

test.each([
  ['import.meta.dirname', '"/service/src"'],
  ['import.meta.filename', '"/service/main.mjs"'],
  ['import.meta.url', '"file:///service/main.mjs"'],
  ["new URL('.', import.meta.url)", 'new URL("file:///service/src/")'],
  ["new URL('./a.txt', import.meta.url)", 'new URL("file:///service/src/a.txt")'],
  ["new URL('./a.txt', import.meta.url).href", '"file:///service/src/a.txt"'],
  ["new URL('./a.txt', import.meta.url).pathname", '"/service/src/a.txt"'],
  ["fileURLToPath(new URL('../views/', import.meta.url))", '"/service/views/"'],
  ["join(import.meta.dirname, '..', 'views')", '"/service/views"'],
  ["path.resolve(__dirname, './a.txt')", '"/service/src/a.txt"'],
  ["(0, node_path_1.join)(__dirname, 'a.txt')", '"/service/src/a.txt"'],
  ["__dirname + '/a' + '.txt'", '"/service/src/a.txt"'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: code of the project
  ['`${__dirname}/a.txt`', '"/service/src/a.txt"'],
  [
    "new Worker(new URL('./worker.js', import.meta.url))",
    'new Worker(new URL("file:///service/src/worker.mjs"))',
  ],
  ['new Worker(new URL(import.meta.url))', 'new Worker(new URL("file:///service/main.mjs"))'],
  ['fork(__filename)', 'fork("/service/main.mjs")'],
  [
    "import(join(import.meta.dirname, '../lib/plugin.js'))",
    `import(${JSON.stringify(join(home, 'lib/plugin.js'))})`,
  ],
  [
    "{ transport: { target: 'pino-pretty' } }",
    '{ transport: { target: "/service/node_modules/pino-pretty/index.mjs" } }',
  ],
  ["{ transport: { target: 'absent' } }", "{ transport: { target: 'absent' } }"],
  ["require.resolve('../lib/plugin.js')", '"/service/lib/plugin.mjs"'],
  ["import.meta.resolve('./worker.ts')", '"file:///service/src/worker.mjs"'],
  ['{ __dirname }', '{ __dirname: "/service/src" }'],
  ["createRequire(import.meta.url)('./a.json')", "require('./a.json')"],
  ['require.main === module', 'true'],
  ['object.__dirname', 'object.__dirname'],
  ['(__dirname: string) => __dirname', '(__dirname: string) => __dirname'],
])('%s becomes %s', async (expression, changed) => {
  const found = await analysed(`export const x = ${expression};`);
  expect(found?.mistakes).toEqual([]);
  expect(found?.text).toBe(`export const x = ${changed};`);
});

test('constants are followed, also to what is required with createRequire', async () => {
  const text = `import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));
const views = join(here, '../views');
type Here = typeof here;
use(join(views, name), require('./a.json'));`;
  const found = await analysed(text);
  expect(found?.taken).toEqual(['views']);
  expect(found?.text.split('\n')).toHaveLength(text.split('\n').length);
  expect(found?.text).toContain('const kitCreated_require = undefined;');
  expect(found?.text).toContain('const views = "/service/views";');
});

test.each([
  ['new URL(name, import.meta.url)', /below "src"/],
  ["join(import.meta.dirname, '..', 'views', name)", /below "views"/],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: code of the project
  ['new URL(`../views/${name}.html`, import.meta.url)', /below "views"/],
  ["__dirname + '/' + name", /below "src"/],
  ['require(name)', /module of this require\(\) is computed/],
  ['import(name)', /module of this import\(\) is computed/],
  ["new URL('./b.txt', import.meta.url)", /"src\/b\.txt" is not there/],
  ["new URL('../../x', import.meta.url)", /"\.\.\/x" is (?:not there|outside)/],
])('%s is a mistake', async (expression, message) => {
  const [mistake] = (await analysed(`export const x = ${expression};`))?.mistakes ?? [];
  expect(mistake?.text).toMatch(message);
  expect(mistake?.offset).toBe('export const x = '.length);
});

test.each([
  'try { x(new URL(name, import.meta.url)); require(name); } catch {}',
  'import(name).catch(() => {});',
  "mkdirSync(join(import.meta.dirname, 'out', name));",
  "if (existsSync(new URL('./b.txt', import.meta.url))) x();",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: code of the project
  'console.log(`${import.meta.dirname} has ${count} files`);',
  "x(join(import.meta.dirname, '../covered', name));",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: code of the project
  'import(`./locales/${name}.ts`);',
  "import(test ? './a.ts' : './b.ts');",
])('%s is none', async (text) => {
  expect((await analysed(text))?.mistakes ?? []).toEqual([]);
});

test('of dependencies, what exists goes along, and nothing is a mistake', async () => {
  const text = `require(name); import(name); require.resolve('pino-pretty');
    const worker = join(__dirname, 'worker.js');
    read(join(__dirname, 'data', name), join(__dirname, 'absent.txt'), join(__dirname, name));`;
  const found = await analysed(text, 'node_modules/dep/index.js');
  expect(found).toMatchObject({ programs: ['node_modules/dep/worker.js'], taken: ['node_modules/dep/data'] });
  expect(found).toMatchObject({ mistakes: [], doubtfulLines: [3] });
});

test('other names of require become it', async () => {
  const text = `const load = createRequire(__filename);\nexport const x = [load('./a.json'), { load }];`;
  expect((await analysed(text))?.text).toBe(
    `const kitCreated_load = undefined;\nexport const x = [require('./a.json'), { load: require }];`,
  );
});

test('old CommonJS modules are read', async () => {
  const text = `with (x) { file = __dirname + '/data/x.bin'; }\nif (y) return;`;
  const found = await analysed(text, 'node_modules/dep/index.js');
  expect(found?.taken).toEqual(['node_modules/dep/data/x.bin']);
});

test('a file without references is not parsed, an invalid one is left to esbuild', async () => {
  expect(await analysed("console.log('x');")).toBeUndefined();
  expect(await analysed('const = import.meta.url;')).toBeUndefined();
});
