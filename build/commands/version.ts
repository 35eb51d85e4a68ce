import type { KitCommand } from '../cli/kit-command.ts';
import { program } from '../cli/program.ts';
import type { Context } from '../host/context.ts';
import { type JsonFlag, withJson } from './flags/json.ts';
import { showVersion } from './show-version.ts';

/** `kit version`: prints the versions of kit and of its Node. */
export function verb(context: Context): KitCommand {
  const command = program('version', context).description('Print the version of kit, and that of its Node.');
  return withJson(command)
    .withExamples({ rows: [['kit version'], ['kit version --json', '{kit, node}']] })
    .action((flags: JsonFlag) => showVersion(flags, context));
}
