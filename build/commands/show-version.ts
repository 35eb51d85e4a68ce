import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { printResult } from '../cli/print-result.ts';
import type { Context } from '../host/context.ts';
import { kitRoot } from '../host/paths.ts';
import type { JsonFlag } from './flags/json.ts';

/** Prints the versions of kit and of its Node. */
export async function showVersion(flags: JsonFlag, context: Context): Promise<void> {
  const { version } = JSON.parse(await readFile(join(kitRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  const { node } = process.versions;
  printResult(context, flags, { kit: version, node }, `kit ${version} (Node ${node})\n`);
}
