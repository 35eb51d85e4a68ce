import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { kitRoot } from '../../build/host/paths.ts';
import { needs } from '../support/needs.ts';

/** Files of examples/ with parts that kit compiles: its kernel alone takes a quarter of an hour or more. */
export const compiledExamples = ['lean.yml'];

/** Names of the other files of examples/. */
export const examples = readdirSync(join(kitRoot, 'examples')).filter(
  (name) => name.endsWith('.yml') && !compiledExamples.includes(name),
);

/** For tests of each example: test/slow has those that are compiled. */
export const needsCompiling = needs('a compiled kernel: npm run test:slow makes it', false);
