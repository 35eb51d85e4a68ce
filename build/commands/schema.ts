import { KitError } from '../../lib/errors/errors.ts';
import type { Examples } from '../cli/examples.ts';
import type { KitCommand } from '../cli/kit-command.ts';
import { program } from '../cli/program.ts';
import type { Context } from '../host/context.ts';
import { schemas, schemaText } from '../schema/schema.ts';

const examples: Examples = {
  rows: [
    ['kit schema > manifest.schema.json', 'for editors and other tools'],
    ['kit schema build > build.schema.json', 'that of a build.yml'],
    ['kit schema cluster > cluster.schema.json', 'that of a cluster.yml'],
  ],
  notes: `
Editors with the YAML language server complete and check files that start with

  # yaml-language-server: $schema=manifest.schema.json`,
};

/** `kit schema`: prints the JSON Schema of manifests or of build.yml. */
export function verb(context: Context): KitCommand {
  return program('schema', context)
    .description('Print the JSON Schema of manifests, of the build.yml of packages, or of a cluster.yml.')
    .argument('[schema]', Object.keys(schemas).join(' or '), 'manifest')
    .withExamples(examples)
    .action((name: string) => void context.stdout.write(schemaText(schemaNamed(name)())));
}

function schemaNamed(name: string): () => Readonly<Record<string, unknown>> {
  const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
  if (schema) return schema;
  const known = Object.keys(schemas).join(' and ');
  throw new KitError(`Cannot print schema "${name}": there are ${known}`, { exitCode: 2 });
}
