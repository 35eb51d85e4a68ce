import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { kitRoot } from '../../build/host/paths.ts';
import { exported } from '../../build/npm/programs.ts';
import { blocksOf } from '../docs/blocks.ts';

/** A folder with the files of a page's examples, and with kit in its node_modules. */
export interface Project extends AsyncDisposable {
  readonly dir: string;
}

/**
 * Writes the code blocks of these pages that begin with the name of a file: `// web/main.ts`, `# web.yml`.
 */
export async function exampleProject(...pages: readonly string[]): Promise<Project> {
  const dir = await mkdtemp(join(tmpdir(), 'kit-example-'));
  for (const page of pages) {
    const text = await readFile(join(kitRoot, 'docs', page), 'utf8');
    for (const { file, text: block } of blocksOf(text)) {
      if (!file) continue;
      await mkdir(dirname(join(dir, file)), { recursive: true });
      await writeFile(join(dir, file), block);
    }
  }
  const modules = join(dir, 'node_modules');
  await linkSources(join(modules, '@kitlinux/kit'));
  await symlink(join(kitRoot, 'node_modules/vitest'), join(modules, 'vitest'));
  await writeFile(join(dir, 'package.json'), '{"type":"module"}\n');
  return { dir, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) };
}

/** The npm package without its compiled files: what it exports are links to their sources. */
async function linkSources(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, source] of Object.entries(exported))
    await symlink(join(kitRoot, source), join(folder, `${name}.ts`));
  const exports = Object.fromEntries(Object.keys(exported).map((name) => [`./${name}`, `./${name}.ts`]));
  const description = { name: '@kitlinux/kit', type: 'module', exports };
  await writeFile(join(folder, 'package.json'), JSON.stringify(description));
}
