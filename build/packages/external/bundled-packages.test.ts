import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Metafile } from 'esbuild';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { renderError } from '../../../lib/errors/render.ts';
import { kitRoot } from '../../host/paths.ts';
import { checkBundledPackages } from './bundled-packages.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit-bundled-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
}

/** The metafile of a program that imports one file, of which `used` bytes are in the bundle. */
function metafile(specifier: string, path: string, used: number): Metafile {
  const imported = { path, kind: 'import-statement', original: specifier } as const;
  const input = { bytes: 9, imports: [] };
  const output = { bytes: 9, imports: [], exports: [] };
  return {
    inputs: { 'main.ts': { bytes: 9, imports: [imported] }, ...(used >= 0 ? { [path]: input } : {}) },
    outputs: { 'main.mjs': { ...output, inputs: used > 0 ? { [path]: { bytesInOutput: used } } : {} } },
  };
}

function shownError(file: Metafile): string {
  try {
    checkBundledPackages(file, dir);
    return '';
  } catch (thrown) {
    return renderError(thrown);
  }
}

test.each<[string, object, string[]]>([
  ['a binding.gyp', {}, ['binding.gyp']],
  ['a finder of addons', { dependencies: { 'node-gyp-build': '^4' } }, []],
  ['parts for platforms', { optionalDependencies: { 'x-linux-x64': '1', 'x-darwin-arm64': '1' } }, []],
])('a package with %s is refused with the place of its import', (_what, manifest, files) => {
  write('node_modules/@s/x/package.json', JSON.stringify({ name: '@s/x', ...manifest }));
  for (const file of files) write(`node_modules/@s/x/${file}`, '{}');
  write('main.ts', "import a from 'a';\nimport x from '@s/x';\n");
  const shown = shownError(metafile('@s/x', 'node_modules/@s/x/index.js', 5));
  expect(shown).toContain('main.ts:2:15: Cannot bundle npm package "@s/x": it has a native addon');
  expect(shown).toContain('(hint: "external: [@s/x]" in build.yml takes the package along as it is)');
});

test('a package that works without its addon is bundled, and one that is imported and not used', () => {
  write('main.ts', "import 'x';\n");
  for (const name of ['ssh2', 'unused']) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, dependencies: { nan: '2' } }));
  }
  expect(shownError(metafile('ssh2', 'node_modules/ssh2/index.js', 5))).toBe('');
  expect(shownError(metafile('unused', 'node_modules/unused/index.js', 0))).toBe('');
});

test("kit's own library for services is bundled, as it is installed", () => {
  write('main.ts', "import { runService } from '@kitlinux/kit/service';\n");
  const folder = 'node_modules/@kitlinux/kit';
  write(`${folder}/package.json`, readFileSync(join(kitRoot, 'package.json'), 'utf8'));
  expect(shownError(metafile('@kitlinux/kit/service', `${folder}/dist/service.js`, 5))).toBe('');
});

test('a package that its importer lists as optional is bundled without its addon', () => {
  const file = metafile('@s/x', 'node_modules/@s/x/index.js', 5);
  const importer = 'node_modules/pool/index.js';
  const moved: Metafile = {
    ...file,
    inputs: { [importer]: file.inputs['main.ts'] ?? { bytes: 0, imports: [] } },
  };
  const pool = (manifest: object): void => write('node_modules/pool/package.json', JSON.stringify(manifest));
  write('node_modules/@s/x/package.json', JSON.stringify({ name: '@s/x', dependencies: { nan: '2' } }));
  write(importer, "require('@s/x');");
  pool({ optionalDependencies: { '@s/x': '1' } });
  expect(shownError(moved)).toBe('');
  pool({ dependencies: { '@s/x': '1' } });
  expect(shownError(moved)).toContain('Cannot bundle npm package "@s/x"');
});

test("an addon of the program's own is refused", () => {
  write('main.ts', "import x from './x.node';\n");
  expect(shownError(metafile('./x.node', './x.node', -1))).toContain(
    'main.ts:1:15: Cannot bundle "./x.node": it is a native addon',
  );
});
