import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bundleService } from './bundle.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit-builtins-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** Bundles the sources, of which `main.ts` is the entry, and runs the bundle: its output and its code. */
async function run(sources: Readonly<Record<string, string>>): Promise<{ output: string; code: string }> {
  for (const [name, text] of Object.entries(sources)) {
    mkdirSync(join(dir, name, '..'), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  const { files, inputs } = await bundleService(join(dir, 'main.ts'), '/out.mjs', dir, 'app');
  for (const { name, content } of files) writeFileSync(join(dir, name), content);
  expect(inputs.every((path) => path.startsWith(dir))).toBe(true);
  const output = execFileSync(process.execPath, [join(dir, 'out.mjs')], { encoding: 'utf8', stdio: 'pipe' });
  return { output, code: String(files.find(({ name }) => name === 'out.mjs')?.content) };
}

test("every kind of import of Node's modules works without an ECMAScript import", async () => {
  const { output, code } = await run({
    'main.ts': `import assert, { equal } from 'node:assert';
      import { EventEmitter, once } from 'node:events';
      import * as path from 'path';
      import process, { argv } from 'node:process';
      import type { Stats } from 'node:fs';
      export { join } from 'node:path';
      equal(typeof assert.ok, 'function');
      class Own extends EventEmitter {}
      const own = new Own();
      setImmediate(() => own.emit('x', path.basename('/a/b')));
      const [name] = await once(own, 'x');
      const stats: Stats | undefined = undefined;
      const { readFileSync } = await import('node:fs');
      console.log(name, argv === process.argv, stats, typeof readFileSync);`,
  });
  expect(output).toBe('b true undefined function\n');
  expect(code).not.toMatch(/(^|[;}\s])import\s*[\w{*"']/);
});

test('CommonJS dependencies can require modules and files', async () => {
  const { output } = await run({
    'main.ts': `import answer from 'dep'; console.log(answer.text, answer.missing);`,
    'data.node': '',
    'node_modules/dep/package.json': '{"name": "dep", "main": "index.js"}',
    'node_modules/dep/index.js': `const { join } = require('path');
      let missing;
      try { require('./absent.node'); } catch (error) { missing = error.code; }
      module.exports = { text: join('a', 'b'), missing };`,
  });
  expect(output).toBe('a/b MODULE_NOT_FOUND\n');
});

test('importing a name that the module lacks is a build error', async () => {
  writeFileSync(
    join(dir, 'main.ts'),
    "import { readFileSink } from 'node:fs';\nconsole.log(readFileSink);\n",
  );
  await expect(bundleService(join(dir, 'main.ts'), '/out.mjs', dir, 'app')).rejects.toThrow(/"readFileSink"/);
});
