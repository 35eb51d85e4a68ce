import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kitRoot } from '../../build/host/paths.ts';

/**
 * The folder of a target's inputs in the checkout: few and small ones, which reach most of the parser
 * (`npm run fuzz -- NAME --keep`), and every input that was a finding.
 */
export const corpusFolder = (name: string): string => join(kitRoot, 'test/fuzz/corpus', name);

export function corpusOf(name: string): Buffer[] {
  const folder = corpusFolder(name);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((file) => readFileSync(join(folder, file)));
}
