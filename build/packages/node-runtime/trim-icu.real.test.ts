import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { symbolRange } from '../../binary/elf/symbol-range.ts';
import { readIcuPackage } from '../../binary/icu/icu-package.ts';
import { hostArch } from '../../host/arch.ts';
import { testWork } from '../../testing.ts';
import { nodeBinary } from './node-binary.ts';
import { trimIcu } from './trim-icu.ts';

const dir = mkdtempSync(join(tmpdir(), 'kit-trim-'));
afterAll(() => rmSync(dir, { recursive: true }));

type Topics = Readonly<Record<string, unknown>>;

/** Compares what the Node of this machine does with what its cut copy does. */
let whole: Topics;
let cut: Topics;
const trimmed = join(dir, 'cut');

beforeAll(async () => {
  const node = await nodeBinary(dir, testWork());
  copyFileSync(node, trimmed);
  chmodSync(trimmed, 0o755);
  await trimIcu(trimmed);
  [whole, cut] = [node, trimmed].map(answers) as [Topics, Topics];
});

function answers(node: string): Topics {
  const program = join(import.meta.dirname, 'testing-intl.cjs');
  // Another zone than that of the tests: local time is found, too.
  return JSON.parse(run(node, [program], { TZ: 'America/St_Johns' }));
}

const said = (node: string, expression: string): string => run(node, ['-p', expression]).trim();

/** Whichever language the host speaks. */
const run = (node: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string =>
  execFileSync(node, args, {
    encoding: 'utf8',
    env: { ...process.env, ...env, LC_ALL: 'C' },
    maxBuffer: 1e8,
  });

test.each([
  ...['encodings', 'time zones', 'dates', 'calendars', 'numbers', 'plurals and lists', 'names', 'sorting'],
  ...['normalisation', 'upper and lower case', 'properties in regular expressions', 'segments'],
  ...['host names', 'temporal', 'supported values', 'defaults', 'other buffers'],
])('%s are as with all of the data', (topic) => {
  expect(whole[topic]).toBeInstanceOf(Array);
  expect(cut[topic]).toEqual(whole[topic]);
});

test('every topic is compared', () => {
  expect(Object.keys(whole)).toHaveLength(17);
});

test('other languages fall back to English, and say so', () => {
  const date = "new Date(0).toLocaleDateString('de', { dateStyle: 'long', timeZone: 'UTC' })";
  expect([date].map((one) => [said(process.execPath, one), said(trimmed, one)])).toEqual([
    ['1. Januar 1970', 'January 1, 1970'],
  ]);
  expect(said(trimmed, "new Intl.NumberFormat('de').resolvedOptions().locale")).toBe('en-US');
  expect(said(trimmed, "Intl.Collator.supportedLocalesOf(['sv', 'en-GB', 'de', 'en']).join()")).toBe(
    'en-GB,en',
  );
  expect(said(trimmed, "['z', 'ä'].sort(new Intl.Collator('sv').compare).join()")).toBe('ä,z');
  expect(said(trimmed, "Intl.supportedValuesOf('collation').join()")).toBe('emoji,eor');
});

test('the other architecture has its data in the same way', async () => {
  const arch = hostArch === 'amd64' ? 'arm64' : 'amd64';
  const other = join(dir, 'other');
  copyFileSync(await nodeBinary(dir, testWork({ arch })), other);
  const items = (file: string) => {
    const program = readFileSync(file);
    const { at, size } = symbolRange(program, /^icudt\d+_dat$/) ?? { at: 0, size: 0 };
    return readIcuPackage(program.subarray(at, at + size))?.items ?? [];
  };
  const full = items(other).length;
  await trimIcu(other);
  const [ours, theirs] = [items(trimmed), items(other)];
  expect(full).toBeGreaterThan(4000);
  expect(theirs.map(({ name }) => name)).toEqual(ours.map(({ name }) => name));
  // The same sources make the same data; zeros follow the last, which is empty.
  for (const [at, { data }] of ours.slice(0, -1).entries())
    if (!theirs[at]?.data.equals(data)) throw new Error(`${ours[at]?.name} differs`);
});
