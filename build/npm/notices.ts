import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kitRoot } from '../host/paths.ts';
import { npmFolders } from '../packages/components.ts';

/**
 * The licences of the npm packages whose code is in the compiled programs, which their licences demand.
 * @param inputs paths of all source files, relative to the checkout
 */
export async function notices(inputs: readonly string[]): Promise<string> {
  const folders = npmFolders(inputs.map((path) => join(kitRoot, path))).toSorted();
  const texts = await Promise.all(folders.map(notice));
  return `kit contains code of these npm packages.\n\n${[...new Set(texts)].join('\n')}`;
}

async function notice(folder: string): Promise<string> {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license: string;
  };
  const file = readdirSync(folder).find((entry) => /^(?:licen[cs]e|copying)(?:\.\w+)?$/i.test(entry));
  const text = file === undefined ? '' : await readFile(join(folder, file), 'utf8');
  return `${'='.repeat(78)}\n${name} ${version} (${license})\n\n${text.trim()}\n`;
}
