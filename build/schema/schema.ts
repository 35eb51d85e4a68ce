import { exactJson } from '../../lib/json/exact-json.ts';
import { clusterFields } from '../cluster/fields.ts';
import { manifestFields } from '../manifest/fields.ts';
import { type Field, type Fields, type Kind, record } from '../manifest/kinds.ts';
import { buildFields } from '../packages/definition/fields.ts';

/** A JSON Schema, or a part of one. */
type Schema = Readonly<Record<string, unknown>>;

/** Entries: large, and tasks are used by two lists, so they become definitions of the schema. */
const definitions: ReadonlyMap<Kind, string> = new Map([
  [manifestFields.onboot.kind.of, 'task'],
  [manifestFields.services.kind.of, 'service'],
]);

/**
 * The JSON Schema of a manifest, derived from the field table. Draft 7, because the YAML language server
 * supports it best. It accepts exactly the values that `checkValue` accepts; rules that relate several values
 * to each other, such as unique names, are not part of it.
 */
export function manifestSchema(): Schema {
  return {
    ...head('manifest', 'Manifest of a machine, for kit build and kit run'),
    // A file with only comments is an empty manifest; a top-level key without a value counts as absent.
    type: ['object', 'null'],
    properties: Object.fromEntries(
      Object.entries<Field>(manifestFields).map(([key, field]) => [key, nullable(fieldSchema(field))]),
    ),
    additionalProperties: false,
    definitions: Object.fromEntries(
      [...definitions].map(([kind, name]) => [name, kind.kind === 'record' ? recordSchema(kind) : {}]),
    ),
  };
}

/** The JSON Schema of a build.yml, which describes a package. */
export function buildSchema(): Schema {
  return { ...head('build', 'Package for kit: build.yml'), ...recordSchema(record(buildFields)) };
}

/** The JSON Schema of a cluster.yml, which `kit up` reads. */
export function clusterSchema(): Schema {
  return { ...head('cluster', 'Cluster of machines, for kit up'), ...recordSchema(record(clusterFields)) };
}

/** The schemas that `kit schema` prints, by name; docs/NAME.schema.json has the same text. */
export const schemas: Readonly<Record<string, () => Schema>> = {
  manifest: manifestSchema,
  build: buildSchema,
  cluster: clusterSchema,
};

export const schemaText = (schema: Schema): string => `${exactJson(schema, 2)}\n`;

/** A URN: a schema is found by its file, which comes with kit, and not by its name. */
const head = (name: string, title: string): Schema => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: `urn:kitlinux:schema:${name}`,
  title,
});

function nullable(schema: Schema): Schema {
  const { type, enum: values } = schema;
  if (Array.isArray(values)) return { ...schema, enum: [...values, null] };
  return { ...schema, type: [type, 'null'] };
}

function fieldSchema({ kind, help, default: absent, example }: Field): Schema {
  return {
    description: absent === undefined ? help : `${help}\nDefault: ${absent}.`,
    ...kindSchema(kind),
    ...(example !== undefined && { examples: [example] }),
  };
}

function kindSchema(kind: Kind): Schema {
  switch (kind.kind) {
    case 'string':
      return stringSchema(kind);
    case 'boolean':
      return { type: 'boolean' };
    case 'integer':
      return { type: 'integer', ...bounds(kind) };
    case 'integer64':
      return { type: 'integer', minimum: kind.min, maximum: kind.max };
    case 'choice':
      return { enum: kind.values };
    case 'list':
      return { type: 'array', items: itemSchema(kind.of) };
    case 'map':
      return { type: 'object', additionalProperties: kindSchema(kind.of) };
    case 'either':
      return { anyOf: kind.of.map(kindSchema) };
    default:
      return recordSchema(kind);
  }
}

function itemSchema(kind: Kind): Schema {
  const name = definitions.get(kind);
  return name === undefined ? kindSchema(kind) : { $ref: `#/definitions/${name}` };
}

function stringSchema({ pattern, suggestions = [] }: Extract<Kind, { kind: 'string' }>): Schema {
  return {
    type: 'string',
    ...(pattern && { pattern: pattern.source }),
    // Editors offer them for completion.
    ...(suggestions.length > 0 && { examples: suggestions }),
  };
}

/** Leaves out the limits of safe integers, which are not limits of the field itself. */
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
  const rules = [...(required.length > 0 ? [{ required }] : []), ...conditions];
  return {
    type: 'object',
    properties: Object.fromEntries(rows.map(([key, field]) => [key, fieldSchema(field)])),
    ...(exactlyOneOf && { oneOf: exactlyOneOf.map((key) => isGiven(key, fields)) }),
    // Where "required" stands beside the properties, the YAML language server offers the name of the
    // definition as if it were a key.
    ...(rules.length > 0 && { allOf: rules }),
    additionalProperties: false,
  };
}

function condition(key: string, { requiredUnless: unless }: Field): Schema[] {
  if (!unless) return [];
  const isExempt = { properties: { [unless.key]: { const: unless.is } } };
  return [{ if: isExempt, else: { required: [key] } }];
}

/** `directory: false` counts as absent. */
function isGiven(key: string, fields: Fields): Schema {
  const isBoolean = fields[key]?.kind.kind === 'boolean';
  return { required: [key], ...(isBoolean && { properties: { [key]: { const: true } } }) };
}
