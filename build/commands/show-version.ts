import { printResult } from '../cli/print-result.ts';
import type { Context } from '../host/context.ts';
import { kitPackage } from '../host/kit-package.ts';
import type { JsonFlag } from './flags/json.ts';

/** Prints the versions of kit and of its Node. */
export async function showVersion(flags: JsonFlag, context: Pick<Context, 'stdout'>): Promise<void> {
  const { version } = await kitPackage();
  const { node } = process.versions;
  printResult(context, flags, { kit: version, node }, `kit ${version} (Node ${node})\n`);
}

/** Whether these words are `kit version`, which does without the parser of arguments. */
export const isVersion = (verb: string | undefined, flags: readonly string[]): boolean =>
  verb === 'version' && flags.every((flag) => flag === '--json');
