import { lintReference } from '../lint/reference.ts';
import { partsReference } from '../parts/reference.ts';
import { auditReference } from '../promises/reference.ts';
import { imageConfigReference } from './image-config.ts';
import { manifestReference } from './reference.ts';
import { schemas, schemaText } from './schema.ts';
import { manifestTypes } from './types.ts';

/**
 * The generated files: from the field tables of manifests and image configurations, the rules of `kit
 * lint`, the parts, and the promises of `kit audit`.
 * @param read reads a text file of the checkout
 */
export function published(read: (path: string) => string): { path: string; text: string }[] {
  const introduction = read('build/schema/introduction.md');
  const audit = read('build/promises/introduction.md');
  return [
    ...Object.entries(schemas).map(([name, schema]) => ({
      path: `docs/${name}.schema.json`,
      text: schemaText(schema()),
    })),
    { path: 'docs/manifest.md', text: `${manifestReference(introduction)}\n` },
    { path: 'docs/image-config.md', text: imageConfigReference() },
    { path: 'docs/lint.md', text: lintReference() },
    { path: 'docs/parts.md', text: partsReference(read) },
    { path: 'docs/audit.md', text: auditReference(audit) },
    { path: 'build/api/generated/manifest.ts', text: manifestTypes() },
  ];
}
