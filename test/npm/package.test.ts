import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { packageFolders } from '../../build/npm/services.ts';
import { removeTree } from '../support/needs.ts';
import { kit } from '../support/run-kit.ts';
import { needsPacking, PackedKit } from './packed.ts';

const wrongTypes = `import { defineManifest } from '@kitlinux/kit/manifest';
export default defineManifest({ servces: [] });\n`;
/**
 * Bytes of the archive: those of today, and room for less than one more program of the guest that speaks
 * gRPC, each of which adds 180 kB.
 */
const mostBytes = 3_950_000;

describe('the npm package', needsPacking, () => {
  let packed: PackedKit;
  /** An ordinary project that depends on it. */
  let project: string;

  beforeAll(async () => {
    packed = await PackedKit.make();
    project = packed.folder('a project');
    writeFileSync(join(project, 'package.json'), '{"name": "project", "private": true, "type": "module"}\n');
    await packed.run(project, 'npm', 'install', '--save-dev', packed.archive);
  }, 600_000);
  afterAll(() => removeTree(packed.dir));

  const inProject = (...args: string[]): Promise<string> =>
    packed.run(project, join(project, 'node_modules/.bin/kit'), ...args);

  test('has no sources and no tests, and is small', () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['kit', 'LICENSE', 'README.md', 'dist/kit.js']));
    expect(paths).toEqual(expect.arrayContaining(['dist/services/sshd/main.mjs', 'dist/notices.txt']));
    expect(
      paths.filter((path) => /(?<!\.d)\.[cm]?ts$|\.test\.|(?:^|\/)testing|package-lock/.test(path)),
    ).toEqual([]);
    expect(packed.bytes).toBeLessThan(mostBytes);
  });

  test('contains every data file that the code names', () => {
    const sources = (readdirSync(join(kitRoot, 'build'), { recursive: true }) as string[]).filter(
      (path) => path.endsWith('.ts') && !/test/.test(path),
    );
    const named = sources.flatMap((path) => {
      const text = readFileSync(join(kitRoot, 'build', path), 'utf8');
      return [...text.matchAll(/dataFile\(['`]([^'`$]+)['`]\)/g)].map(([, file = '']) => file);
    });
    expect(named.length).toBeGreaterThan(10);
    const absent = named.filter((path) => !existsSync(join(project, 'node_modules/@kitlinux/kit', path)));
    // Only the checkout has them, and only there they are read.
    expect(absent.toSorted()).toEqual(['build/api/manifest.ts', 'package-lock.json']);
  });

  test('installs little besides programs: Node, esbuild, oxc', async () => {
    const names = readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.'));
    const scopes = ['@esbuild', '@kitlinux', '@oxc-parser', '@oxc-project', '@oxc-transform'];
    expect(names.toSorted()).toEqual([
      ...scopes,
      'esbuild',
      `node-linux-${process.arch}`,
      'oxc-parser',
      'oxc-transform',
    ]);
  });

  test('makes packages of the same names as the checkout', async () => {
    const [ours, theirs] = await Promise.all([
      kit('pkg', 'show-tag', ...packageFolders()).then(({ stdout }) => stdout),
      inProject(
        'pkg',
        'show-tag',
        ...packageFolders().map((dir) =>
          join(project, `node_modules/@kitlinux/kit/pkg/${dir.split('/').at(-1)}`),
        ),
      ),
    ]);
    expect(theirs.split('\n').length).toBeGreaterThan(15);
    expect(theirs).toBe(ours);
  });

  test('works as a global command, by npx, and in a prefix that is read-only', async () => {
    const prefix = packed.folder('prefix');
    await packed.run(prefix, 'npm', 'install', '--global', '--prefix', prefix, packed.archive);
    chmodSync(join(prefix, 'lib/node_modules/@kitlinux/kit/pkg'), 0o555);
    const global = await packed.run('/', join(prefix, 'bin/kit'), 'version', '--json');
    expect(JSON.parse(global)).toEqual({ kit: '0.1.0', node: expect.stringMatching(/^26\./) });
    const empty = packed.folder('empty');
    const npx = await packed.run(
      empty,
      'npx',
      '--yes',
      '--package',
      packed.archive,
      'kit',
      'version',
      '--json',
    );
    expect(npx).toBe(global);
    expect(readdirSync(empty)).toEqual([]);
  }, 300_000);

  test.each(['nodenext', 'bundler'])('has types for module resolution "%s"', async (resolution) => {
    const folder = join(project, `types-${resolution}`);
    cpSync(join(kitRoot, 'test/npm/types'), folder, { recursive: true });
    const tsc = join(kitRoot, 'node_modules/.bin/tsc');
    const module = resolution === 'bundler' ? 'esnext' : 'nodenext';
    const libs = 'es2022,esnext.disposable,dom';
    const flags = ['--noEmit', '--strict', '--target', 'es2022', '--types', '', '--lib', libs];
    writeFileSync(join(folder, 'wrong.ts'), wrongTypes);
    await packed.run(
      folder,
      tsc,
      ...flags,
      '--module',
      module,
      '--moduleResolution',
      resolution,
      'right.ts',
      'programs.ts',
    );
    await expect(
      packed.run(folder, tsc, ...flags, '--module', module, '--moduleResolution', resolution, 'wrong.ts'),
    ).rejects.toMatchObject({ stdout: expect.stringContaining("'servces' does not exist in type") });
  });
});
