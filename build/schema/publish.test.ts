import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { exactJson } from '../../lib/json/exact-json.ts';
import { kitRoot } from '../host/paths.ts';
import { parseManifest } from '../manifest/parse.ts';
import { anyManifest } from '../manifest/testing/arbitrary.ts';
import { brokenManifests } from '../manifest/testing/broken.ts';
import { published } from './published.ts';
import { manifestSchema, schemaText } from './schema.ts';

const read = (path: string): string => readFileSync(join(kitRoot, path), 'utf8');

test.each(published(read))('$path is what "npm run generate" writes', ({ path, text }) => {
  expect(read(path)).toBe(text);
});

describe('the schema', () => {
  const ajv = new Ajv({ strict: true, strictRequired: false, strictTypes: false, allErrors: false });
  const accepts = ajv.compile(JSON.parse(schemaText(manifestSchema())));
  /** JSON is YAML, too. */
  const parses = (value: unknown): boolean => {
    try {
      parseManifest(exactJson(value), 'x.yml', '/folder');
      return true;
    } catch {
      return false;
    }
  };

  /** As JavaScript's validators of schemas see it. */
  const rounded = (value: unknown): unknown => JSON.parse(exactJson(value));

  const examples = readdirSync(join(kitRoot, 'examples')).filter((name) => name.endsWith('.yml'));
  test.each(examples)('accepts examples/%s', (name) => {
    accepts(parse(read(`examples/${name}`)));
    expect(accepts.errors).toBeNull();
  });

  test.each(brokenManifests.filter(({ shape }) => shape))('refuses $title', ({ text }) => {
    expect(accepts(parse(text))).toBe(false);
  });

  test('accepts an empty manifest, and keys without values', () => {
    expect(['', '# nothing', '{}', 'services:\nkernel:'].map((text) => accepts(parse(text)))).not.toContain(
      false,
    );
  });

  test('accepts what the parser accepts', () => {
    fc.assert(
      fc.property(anyManifest, (manifest) => {
        expect(parses(manifest)).toBe(true);
        accepts(rounded(manifest));
        expect(accepts.errors).toBeNull();
      }),
    );
  });

  test('refuses what the parser refuses, wherever one value of a manifest is replaced by another', () => {
    const anything = fc.oneof(fc.constantFrom(null, true, 0, -1, 0.5, 1e9, '', 'x', [], {}, ['x'], { x: 1 }));
    fc.assert(
      fc.property(anyManifest, fc.nat(), anything, (manifest, at, value) => {
        const broken = replaceAt(manifest, at, value);
        expect(accepts(rounded(broken))).toBe(parses(broken));
      }),
      { numRuns: 500 },
    );
  });
});

/** A copy with one value replaced: the one with index `at` (modulo their number), counted depth first. */
function replaceAt(value: unknown, at: number, other: unknown): unknown {
  const copy = structuredClone(value);
  const slots: (() => void)[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, item] of Object.entries(node)) {
      slots.push(() => Reflect.set(node, key, other));
      walk(item);
    }
  };
  walk(copy);
  slots[slots.length && at % slots.length]?.();
  return copy;
}
