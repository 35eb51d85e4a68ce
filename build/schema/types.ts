import {
  budgetFields,
  controlFields,
  entryFields,
  fileFields,
  kernelFields,
  manifestFields,
  networkFields,
  volumeFields,
} from '../manifest/fields.ts';
import type { Field, Fields, Kind } from '../manifest/kinds.ts';

/** The maps that get a name. The types of other maps are written where they are used. */
const named: readonly (readonly [name: string, fields: Fields, about: string])[] = [
  ['Manifest', manifestFields, 'A manifest. docs/manifest.md is its reference.'],
  ['Kernel', kernelFields, 'The kernel and its command line.'],
  ['Entry', entryFields, 'A container: an item of `onboot`, `onshutdown` or `services`.'],
  ['File', fileFields, 'A file, folder or symbolic link in the root file system.'],
  ['Volume', volumeFields, 'A folder that containers share.'],
  ['Network', networkFields, 'Static addresses, routes and name servers.'],
  ['Control', controlFields, 'Access to the machine over TCP.'],
  ['Budgets', budgetFields, 'Limits of size and memory.'],
];

/**
 * TypeScript types of a manifest as users write it, derived from the field table. Unlike those in
 * build/manifest/types.ts they need no other file, and editors show the help of each key.
 */
export function manifestTypes(): string {
  const interfaces = named.map(
    ([name, fields, about]) => `${comment(about, '')}export interface ${name} ${body(fields, '')}\n`,
  );
  return `// Written by "npm run generate" from the field table in build/manifest/fields.\n\n${interfaces.join('\n')}`;
}

function body(fields: Fields, indent: string): string {
  const inner = `${indent}  `;
  const rows = Object.entries(fields).map(([key, field]) => {
    const name = /^\w+$/.test(key) ? key : JSON.stringify(key);
    // With `undefined`, so that a key may be computed: JSON, which becomes the manifest, leaves it out.
    const type = field.required
      ? `: ${typeOf(field.kind, inner)}`
      : `?: ${typeOf(field.kind, inner)} | undefined`;
    return `${comment(helpOf(field), inner)}${inner}readonly ${name}${type};\n`;
  });
  return `{\n${rows.join('')}${indent}}`;
}

function helpOf({ help, default: absent }: Field): string {
  return absent === undefined ? help : `${help} Default: ${absent}.`;
}

function comment(text: string, indent: string): string {
  return `${indent}/** ${text.replaceAll('*/', '*\\/')} */\n`;
}

function typeOf(kind: Kind, indent: string): string {
  switch (kind.kind) {
    case 'string':
      return stringType(kind.suggestions ?? []);
    case 'boolean':
      return 'boolean';
    case 'integer':
      return 'number';
    case 'integer64':
      return 'number | bigint';
    case 'choice':
      return kind.values.map((value) => JSON.stringify(value)).join(' | ');
    case 'list':
      return `ReadonlyArray<${typeOf(kind.of, indent)}>`;
    case 'map':
      return `Readonly<Record<string, ${typeOf(kind.of, indent)}>>`;
    case 'either':
      return kind.of.map((one) => typeOf(one, indent)).join(' | ');
    default:
      return named.find(([, fields]) => fields === kind.fields)?.[0] ?? body(kind.fields, indent);
  }
}

/** Editors offer the suggestions, and any other string is accepted: `string` alone would hide them. */
function stringType(suggestions: readonly string[]): string {
  if (suggestions.length === 0) return 'string';
  return `${suggestions.map((text) => JSON.stringify(text)).join(' | ')} | (string & {})`;
}
