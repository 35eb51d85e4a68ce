import { expect, test } from 'vitest';
import { checkValue } from './check.ts';
import { supervisionFields } from './fields/supervision.ts';
import { entryDefaults, manifestFields } from './fields.ts';
import type { Field, Kind } from './kinds.ts';

/** Every row of the field table with its path: `services.resources.memory.limit`. */
function rows(kind: Kind, path: string): [string, Field][] {
  if (kind.kind === 'list' || kind.kind === 'map') return rows(kind.of, path);
  if (kind.kind === 'either') return kind.of.flatMap((one) => rows(one, path));
  if (kind.kind !== 'record') return [];
  return Object.entries(kind.fields).flatMap(([key, field]) => [
    [`${path}.${key}`, field] as [string, Field],
    ...rows(field.kind, `${path}.${key}`),
  ]);
}

const all = rows({ kind: 'record', fields: manifestFields }, 'manifest');

test.each(all.filter(([, { example }]) => example !== undefined))(
  'the example of %s is valid',
  (_path, row) => {
    const messages: string[] = [];
    checkValue(row.kind, row.example, ['example'], ({ message }) => messages.push(message()));
    expect(messages).toEqual([]);
  },
);

test.each(all)('the help of %s is a sentence', (_path, { help }) => {
  expect(help).toMatch(/^[\p{Lu}\p{Ll}`].*[.…]$/u);
});

const specFields = Object.entries<Field>(entryDefaults).filter(
  ([key]) => !Object.hasOwn(supervisionFields, key),
);

test.each(specFields)('%s names the key of config.json that it sets', (_key, { effect }) => {
  expect(effect).toMatch(/^(?:`|as `|runtime\.json)/);
});
