import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { KitError, KitErrors } from '../../lib/errors/errors.ts';
import { renderError } from '../../lib/errors/render.ts';
import { exactJson } from '../../lib/json/exact-json.ts';
import { mergeManifests } from './merge.ts';
import { parseEntryDefaults, parseManifest } from './parse.ts';
import { manifestValue, printManifest } from './print.ts';
import { anyManifest } from './testing/arbitrary.ts';

/** Both parsers of untrusted text: they must succeed, or throw errors that are safe to print. */
function survives(text: string): boolean {
  for (const parse of [
    () => parseManifest(text, 'x.yml', '/folder'),
    () => parseEntryDefaults(text, 'label'),
  ]) {
    try {
      parse();
    } catch (thrown) {
      if (!(thrown instanceof KitError || thrown instanceof KitErrors)) throw thrown;
      // No control characters.
      expect(renderError(thrown)).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
    }
  }
  return true;
}

const yaml = anyManifest.map((manifest) => stringify(manifest));

describe('damaged input', () => {
  test('any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => survives(Buffer.from(bytes).toString())),
    );
  });

  test('valid manifests with bytes replaced, removed and inserted', () => {
    const edits = fc.array(
      fc.record({
        at: fc.nat(),
        cut: fc.nat({ max: 8 }),
        put: fc.oneof(
          fc.string({ unit: 'binary', maxLength: 4 }),
          fc.constantFrom('\n', ': ', '- ', '\t', '\0', '\ufeff', '\r\n', '"', '&a ', '*a', '<<: ', '1e999'),
        ),
      }),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(yaml, edits, (text, changes) => {
        let damaged = text;
        for (const { at, cut, put } of changes) {
          const start = at % (damaged.length + 1);
          damaged = damaged.slice(0, start) + put + damaged.slice(start + cut);
        }
        return survives(damaged);
      }),
      { numRuns: 300 },
    );
  });

  test('two valid manifests, cut and joined anywhere', () => {
    fc.assert(
      fc.property(yaml, yaml, fc.nat(), fc.nat(), (a, b, cutA, cutB) =>
        survives(a.slice(0, cutA % (a.length + 1)) + b.slice(cutB % (b.length + 1))),
      ),
      { numRuns: 200 },
    );
  });

  test.each([
    ['a number without end', `oomScoreAdj: ${'9'.repeat(400_000)}`],
    ['a hexadecimal number without end', `uid: 0x${'f'.repeat(400_000)}`],
    ['an exponent', 'oomScoreAdj: 1e999999999'],
    ['not a number', 'uid: .nan\ngid: .inf'],
    ['dates and sexagesimals', 'uid: 2001-12-14t21:59:43.10-05:00\ngid: 190:20:30'],
    ['half a surrogate pair', 'hostname: "\\ud800"'],
    ['marks of direction', 'ho\u202est: \u2066x'],
    ['a colour for the terminal', 'hostname: [\u001b[31m]\n\u001b[31mx: "\\e[31m"'],
    ['a NUL', 'services: [{name: "a\0b", image: "\\0"}]'],
    ['quotes that do not end', `hostname: "${'x'.repeat(500_000)}`],
    ['a block text that does not end', `hostname: |\n${' x\n'.repeat(250_000)}`],
    ['comments only', '# x\n'.repeat(250_000)],
    ['empty lines', '\n'.repeat(1_000_000)],
    ['carriage returns', '\r'.repeat(1_000_000)],
    ['document marks', '---\n'.repeat(250_000)],
    ['directives', '%YAML 1.2\n'.repeat(90_000)],
    ['tags', `init: ${'!!seq '.repeat(40_000)}[]`],
    ['anchors', `init: ${'&a '.repeat(60_000)}[]`],
    ['merges', `a: &a {x: 1}\n${Array.from({ length: 20_000 }, () => '<<: *a').join('\n')}`],
    ['an anchor that holds itself', 'init: &a [*a]'],
    ['aliases of a large list', `a: &a [${'x,'.repeat(30_000)}]\nb: [${'*a,'.repeat(20_000)}]`],
    ['one key many times', 'init: []\n'.repeat(40_000)],
  ])('%s', (_title, text) => {
    expect(survives(text)).toBe(true);
  });

  test.each([
    ['a BOM', '\ufeffinit: [a]\n'],
    ['CRLF', '# x\r\ninit:\r\n  - a\r\n'],
    ['no newline at the end', 'init:\n- a'],
    ['a second document that is broken', 'init: [a]\n...\n---\n[}'],
    ['JSON with tabs', '{\n\t"init": [\n\t\t"a"\n\t]\n}'],
  ])('%s does no harm', (_title, text) => {
    expect(manifestValue(parseManifest(text, 'x.yml', '/'))).toEqual({ init: ['a'] });
  });
});

describe('the merged manifest, as kit build --dry-run prints it', () => {
  const parse = (text: string) => mergeManifests([parseManifest(text, 'x.yml', '/folder')]);

  test('parses to the same manifest', () => {
    fc.assert(
      fc.property(anyManifest, (value) => {
        const before = parse(exactJson(value));
        const after = parse(printManifest(before));
        expect(manifestValue(after)).toEqual(manifestValue(before));
        expect(printManifest(after)).toBe(printManifest(before));
      }),
      { numRuns: 300 },
    );
  });

  test('contains everything that was written, except empty values in merged maps', () => {
    fc.assert(
      fc.property(anyManifest, ({ trust: _, network: _n, budgets: _b, ...value }) => {
        const full = Object.entries(value).filter(([, part]) => !Array.isArray(part) || part.length > 0);
        expect(manifestValue(parse(exactJson(value)))).toEqual(Object.fromEntries(full));
      }),
    );
  });

  test('contains every key of `network:`, except empty lists', () => {
    fc.assert(
      fc.property(
        anyManifest.filter(({ network }) => network !== undefined),
        ({ network }) => {
          const { dns, ...others } = Object(network);
          const servers = withoutEmptyLists(Object(dns));
          const full = {
            ...withoutEmptyLists(others),
            ...(Object.keys(servers).length > 0 && { dns: servers }),
          };
          expect(manifestValue(parse(exactJson({ network })))).toEqual({ network: full });
        },
      ),
    );
  });
});

const withoutEmptyLists = (parts: object): object =>
  Object.fromEntries(Object.entries(parts).filter(([, part]) => !Array.isArray(part) || part.length > 0));
