import { parse, program } from '../cli/program.ts';
import type { Context } from '../host/context.ts';
import { schemaText } from '../schema/schema.ts';

const examples = `
Examples:
  kit schema > manifest.schema.json      for editors and other tools

Editors with the YAML language server complete and validate manifests that start with
  # yaml-language-server: $schema=manifest.schema.json`;

/** `kit schema`: prints the JSON Schema of manifests. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  const command = program('schema', context)
    .description('Print the JSON Schema of manifests.')
    .addHelpText('after', examples)
    .action(() => void context.stdout.write(schemaText()));
  return parse(command, args);
}
