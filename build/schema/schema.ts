import { manifestFields } from '../manifest/fields.ts';
import type { Field, Fields, Kind } from '../manifest/kinds.ts';

/** A JSON Schema, or a part of one. */
type Schema = Readonly<Record<string, unknown>>;

/** Used in three lists: there once, so that editors and people read it once. */
const entry = manifestFields.services.kind.of;

/**
 * The JSON Schema of a manifest, made from the table of fields: draft 7, which the YAML language server knows best.
 * It accepts all that the parser finds well-shaped. What only several values together can show (a name that is there
 * twice) is beyond it.
 */
export function manifestSchema(): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Manifest of a machine, for kit build and kit run',
    // A file of comments only is an empty manifest; `services:` with nothing after it means none.
    type: ['object', 'null'],
    properties: Object.fromEntries(
      Object.entries<Field>(manifestFields).map(([key, field]) => [key, orNothing(fieldSchema(field))]),
    ),
    additionalProperties: false,
    definitions: { entry: recordSchema(entry) },
  };
}

/** As it is printed and published. */
export const schemaText = (): string => `${JSON.stringify(manifestSchema(), null, 2)}\n`;

function orNothing(schema: Schema): Schema {
  return { ...schema, type: [schema.type, 'null'] };
}

function fieldSchema({ kind, help, default: absent, example }: Field): Schema {
  return {
    description: absent === undefined ? help : `${help}\nDefault: ${absent}.`,
    ...(kind === entry ? { $ref: '#/definitions/entry' } : kindSchema(kind)),
    ...(example !== undefined && { examples: [example] }),
  };
}

function kindSchema(kind: Kind): Schema {
  switch (kind.kind) {
    case 'text':
      return textSchema(kind);
    case 'flag':
      return { type: 'boolean' };
    case 'whole':
      return { type: 'integer', ...bounds(kind) };
    case 'choice':
      return { enum: kind.values };
    case 'list':
      return {
        type: 'array',
        items: kind.of === entry ? { $ref: '#/definitions/entry' } : kindSchema(kind.of),
      };
    case 'map':
      return { type: 'object', additionalProperties: kindSchema(kind.of) };
    case 'either':
      return { anyOf: kind.of.map(kindSchema) };
    default:
      return recordSchema(kind);
  }
}

function textSchema({ pattern, near = [] }: Extract<Kind, { kind: 'text' }>): Schema {
  return {
    type: 'string',
    ...(pattern && { pattern: pattern.source }),
    // Editors offer them.
    ...(near.length > 0 && { examples: near }),
  };
}

/** The bounds of what JavaScript counts exactly say nothing to anybody. */
function bounds({ min, max }: { min: number; max: number }): Schema {
  return {
    ...(min > Number.MIN_SAFE_INTEGER && { minimum: min }),
    ...(max < Number.MAX_SAFE_INTEGER && { maximum: max }),
  };
}

function recordSchema({ fields, exactlyOneOf }: Extract<Kind, { kind: 'record' }>): Schema {
  const rows = Object.entries(fields);
  const required = rows.flatMap(([key, field]) => (field.required ? [key] : []));
  const conditions = rows.flatMap(([key, field]) => condition(key, field));
  return {
    type: 'object',
    properties: Object.fromEntries(rows.map(([key, field]) => [key, fieldSchema(field)])),
    ...(required.length > 0 && { required }),
    ...(exactlyOneOf && { oneOf: exactlyOneOf.map((key) => isGiven(key, fields)) }),
    ...(conditions.length > 0 && { allOf: conditions }),
    additionalProperties: false,
  };
}

function condition(key: string, { requiredUnless: unless }: Field): Schema[] {
  if (!unless) return [];
  const isSo = { properties: { [unless.key]: { const: unless.is } } };
  return [{ if: isSo, else: { required: [key] } }];
}

/** `directory: false` is as good as no `directory`. */
function isGiven(key: string, fields: Fields): Schema {
  const isFlag = fields[key]?.kind.kind === 'flag';
  return { required: [key], ...(isFlag && { properties: { [key]: { const: true } } }) };
}
