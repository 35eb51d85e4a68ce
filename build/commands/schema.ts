import type { Context } from '../host/context.ts';
import { schemaText } from '../schema/schema.ts';
import { parse, program } from './flags/program.ts';

const examples = `
Examples:
  kit schema > manifest.schema.json      for editors and other tools

An editor with the YAML language server completes and checks a manifest that begins with
  # yaml-language-server: $schema=manifest.schema.json`;

/** `kit schema`: the JSON Schema of a manifest. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  const command = program('schema', context)
    .description('Print the JSON Schema of a manifest.')
    .addHelpText('after', examples)
    .action(() => void context.stdout.write(schemaText()));
  return parse(command, args);
}
