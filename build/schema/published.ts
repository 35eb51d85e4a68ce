import { lintReference } from '../lint/reference.ts';
import { manifestReference } from './reference.ts';
import { schemaText } from './schema.ts';

/** Files of the checkout that are made from the table of fields, and that of the rules of kit lint. @param read gives the text of a file of the checkout */
export function published(read: (path: string) => string): { path: string; text: string }[] {
  const introduction = read('build/schema/introduction.md');
  return [
    { path: 'docs/manifest.schema.json', text: schemaText() },
    { path: 'docs/manifest.md', text: `${manifestReference(introduction)}\n` },
    { path: 'docs/lint.md', text: lintReference() },
  ];
}
