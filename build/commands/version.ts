import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { printResult } from '../cli/print-result.ts';
import type { Context } from '../host/context.ts';
import { kitRoot } from '../host/paths.ts';

/** `kit version [--json]`. Parses its arguments itself, so that commander is not loaded. */
export async function run(args: readonly string[], { stdout }: Context): Promise<number> {
  const { version } = JSON.parse(await readFile(join(kitRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  const { node } = process.versions;
  const json = args.includes('--json');
  printResult({ stdout }, { json }, { kit: version, node }, `kit ${version} (Node ${node})\n`);
  return 0;
}
