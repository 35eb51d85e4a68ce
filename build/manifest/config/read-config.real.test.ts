import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { renderError } from '../../../lib/errors/render.ts';
import { readManifests } from '../read.ts';

const cwd = mkdtempSync(join(tmpdir(), 'kit config ü '));
afterAll(() => rmSync(cwd, { recursive: true }));

function write(name: string, text: string): void {
  mkdirSync(dirname(join(cwd, name)), { recursive: true });
  writeFileSync(join(cwd, name), text);
}

/** What the user sees of a file that cannot be read. */
async function failure(name: string, text: string, signal?: AbortSignal): Promise<string> {
  write(name, text);
  try {
    await readManifests([name], { cwd, signal });
    return '';
  } catch (thrown) {
    return renderError(thrown);
  }
}

const use = "import { defineManifest } from '@kitlinux/kit/manifest';\n";

test.each([
  ['an object', 'kit.config.ts', "export default { init: ['./init'] as string[] };"],
  ['defineManifest', 'define.mts', `${use}export default defineManifest({ init: ['./init'] });`],
  ['a function', 'function.mjs', "export default () => ({ init: ['./init'] });"],
  ['a promise', 'promise.js', "export default Promise.resolve({ init: ['./init'] });"],
  ['an async function', 'async.ts', "export default async () => ({ init: ['./init'], onboot: undefined });"],
  ['CommonJS', 'common.cjs', "module.exports = { init: ['./init'] };"],
  ['what other files export', 'imports.ts', "export { default } from './parts/base';"],
  ['… with the suffix of the output', 'js.ts', "export { default } from './parts/base.js';"],
])('a manifest may be %s', async (_title, name, text) => {
  write('parts/base.ts', "export default { init: ['./init'] };");
  write(name, text);
  const notices: string[] = [];
  const manifest = await readManifests([name], { cwd, notice: (line) => notices.push(line) });
  expect(manifest.init.map(({ value, origin }) => [value.text, origin.folder, origin.file])).toEqual([
    ['./init', cwd, name],
  ]);
  expect(notices).toEqual([]);
});

test('what it prints is shown, and does not disturb', async () => {
  write(
    'prints.ts',
    "console.log('{}\\n1'); console.error('2');\nsetInterval(() => {}, 1e6);\nexport default {};",
  );
  const notices: string[] = [];
  await readManifests(['prints.ts'], { cwd, notice: (line) => notices.push(line) });
  expect(notices).toEqual(['{}', '1', '2']);
});

const forEver = 'for (;;) { console.log(line); await new Promise(setImmediate); }';
write('odd.mjs', 'const a = 1;\nconst b = ;\n');

test.each([
  [
    'throws',
    "const a = 1;\n\n  throw new Error('no token.');\nexport default {};",
    `x.ts:3:9: Cannot read "x.ts": it failed: no token`,
  ],
  ['has a syntax error', 'export default {\n  init: [,\n', 'x.ts:2:1: Cannot read "x.ts": it is invalid: '],
  [
    'imports such a file',
    "import './odd.mjs';\nexport default {};",
    'odd.mjs:2:1: Cannot read "x.ts": it is invalid: ',
  ],
  [
    'uses what Node cannot remove',
    'enum A { b }\nexport default {};',
    'x.ts:1:1: Cannot read "x.ts": it is invalid: TypeScript enum is not supported',
  ],
  ['imports what is not there', "import 'nothing-here';\nexport default {};", 'npm install'],
  ['exports nothing', 'const a = {};', 'Cannot read "x.ts": it has no default export, which is the manifest'],
  [
    'exports a list',
    'const a = 1;\nexport default [];',
    'x.ts:2:1: Cannot read "x.ts": its default export has to be a manifest, and is a list',
  ],
  ['exports a function in a value', 'export default { init: () => 1 };', 'is a function at key "init"'],
  ['exits', 'process.exit(0);', 'it ended its process before it had exported a manifest'],
  ['waits for ever', 'const a = 1;\nawait new Promise(() => {});\nexport default {};', 'x.ts:2'],
  ['is killed', "process.kill(process.pid, 'SIGKILL');", 'its process was killed'],
  ['prints for ever', `const line = 'x'.repeat(1e4);\n${forEver}`, 'it printed more than'],
  [
    'has an unknown key',
    `${use}\nexport default defineManifest({\n  services: [],\n  servces: [],\n});`,
    'x.ts:5:3: unknown key "servces" in the manifest (did you mean "services"?)',
  ],
])(
  'a file that %s is an error with place and hint',
  async (_title, text, message) => {
    const shown = await failure('x.ts', text);
    expect(shown).toContain(message);
    expect(shown.match(/^error: /gm)).toHaveLength(1);
    expect(shown).not.toMatch(/config-main|bug in kit/);
  },
  120_000,
);

test('Ctrl-C ends a file that loops', async () => {
  const stop = AbortSignal.timeout(1000);
  await expect(failure('loops.ts', 'for (;;);', stop)).resolves.toContain('TimeoutError');
});
