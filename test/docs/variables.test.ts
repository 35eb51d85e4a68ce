import { expect, test } from 'vitest';
import { environment } from '../../build/commands/man/variables.ts';
import { sourcesIn, textOf } from '../architecture/sources.ts';

test('kit(1) describes every environment variable that the code reads', () => {
  const named = new Set(environment.map(([name]) => name));
  const used = sourcesIn('build').flatMap((path) => textOf(path).match(/\benv\.KIT_\w+/g) ?? []);
  expect(used.length).toBeGreaterThan(5);
  expect(used.map((text) => text.slice('env.'.length)).filter((name) => !named.has(name))).toEqual([]);
});
