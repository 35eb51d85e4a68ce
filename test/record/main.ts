/**
 * `npm run record -- [--of REVISION] FILE.json` builds every example in every format and records the results;
 * `npm run record -- compare A.json B.json` prints the differences and exits with 1 if there are any. Use it
 * for changes that must not change any image. Two things are replaced by constants: bundles of kit's own
 * programs, and tags of packages, which are hashes over kit's sources.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { KitError } from '../../lib/errors/errors.ts';
import { compareRecords, inWords } from './compare.ts';
import { recordOf } from './record.ts';
import type { ImageRecord } from './types.ts';

const usage =
  'usage: npm run record -- [--of REVISION] FILE.json\n       npm run record -- compare A.json B.json\n';

const args = process.argv.slice(2);
try {
  process.exitCode = await run(args);
} catch (thrown) {
  if (!(thrown instanceof KitError)) throw thrown;
  const hint = thrown.hint === undefined ? '' : `(hint: ${thrown.hint})\n`;
  process.stderr.write(`error: ${thrown.message}\n${hint}`);
  process.exitCode = thrown.exitCode;
}

async function run([first, second, third, ...more]: readonly string[]): Promise<number> {
  if (first === 'compare' && second && third && more.length === 0) return compare(second, third);
  const [revision, file] = first === '--of' ? [second, third] : [undefined, first];
  const wrong = first === '--of' ? more.length > 0 || !third : second !== undefined;
  if (wrong || !file || file.startsWith('-') || file === 'compare') {
    process.stderr.write(usage);
    return 2;
  }
  const record = await recordOf(revision, (line) => process.stderr.write(`${line}\n`));
  writeFileSync(file, `${JSON.stringify(record, null, 1)}\n`);
  return 0;
}

function compare(before: string, after: string): number {
  const read = (file: string): ImageRecord => JSON.parse(readFileSync(file, 'utf8')) as ImageRecord;
  const differences = compareRecords(read(before), read(after));
  process.stdout.write(inWords(differences));
  return differences.length > 0 ? 1 : 0;
}
