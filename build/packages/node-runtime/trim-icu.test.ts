import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { elfWith } from '../../binary/elf/testing.ts';
import { readIcuPackage } from '../../binary/icu/icu-package.ts';
import { icuPackageOf } from '../../binary/icu/testing.ts';
import { isEnglishData } from './english-data.ts';
import { trimIcu } from './trim-icu.ts';

const dir = mkdtempSync(join(tmpdir(), 'kit-icu-'));
afterAll(() => rmSync(dir, { recursive: true }));

function written(bytes: Buffer): string {
  const file = join(dir, 'node');
  writeFileSync(file, bytes);
  return file;
}

test.each([
  ['en.res', true],
  ['curr/en_GB.res', true],
  ['en_Latn_US_POSIX.res', true],
  ['root.res', true],
  ['lang/pool.res', true],
  ['res_index.res', true],
  ['coll/res_index.res', true],
  ['coll/ucadata.icu', true],
  ['zoneinfo64.res', true],
  ['units.res', true],
  ['nfkc.nrm', true],
  ['brkitr/word.brk', true],
  ['gb18030-2022.cnv', true],
  ['enx.res', false],
  ['de.res', false],
  ['de_AT.res', false],
  ['coll/de_.res', false],
  ['zone/zh_Hant_HK.res', false],
  ['haw_US.res', false],
  ['brkitr/cjdict.dict', false],
  ['euc-tw-2014.cnv', false],
  ['translit/root.res', false],
  ['rfc3491.spp', false],
  ['unames.icu', false],
])('%s is English or for all: %s', (name, expected) => {
  expect(isEnglishData(`icudt78l/${name}`)).toBe(expected);
});

test('English data moves to the front, and the file keeps its length and the rest of its bytes', async () => {
  const data = icuPackageOf('curr/de.res', 'curr/en.res', 'de.res', 'en.res', 'zoneinfo64.res');
  const program = elfWith('icudt78_dat', data);
  const file = written(program);
  await trimIcu(file);
  const trimmed = readFileSync(file);
  const at = program.indexOf(data);
  expect(trimmed.length).toBe(program.length);
  expect(trimmed.subarray(0, at)).toEqual(program.subarray(0, at));
  expect(trimmed.subarray(at + data.length)).toEqual(program.subarray(at + data.length));
  const names = readIcuPackage(trimmed.subarray(at, at + data.length))?.items.map(({ name }) => name);
  expect(names).toEqual(['curr/en.res', 'en.res', 'zoneinfo64.res', '~'].map((name) => `icudt78l/${name}`));
});

test.each([
  ['no program', Buffer.from('#!/bin/sh'), 'it names no "icudt…_dat"'],
  ['another name', elfWith('icu_data', icuPackageOf('en.res')), 'it names no "icudt…_dat"'],
  [
    'other data',
    elfWith('icudt99_dat', Buffer.alloc(100)),
    'what "icudt…_dat" names is no data of ICU, at byte 184 of the program',
  ],
])('with %s the error says so, and how to go on', async (_, bytes, why) => {
  const file = written(bytes);
  await expect(trimIcu(file)).rejects.toMatchObject({
    message: `Cannot cut the language data of Node to English: ${why}`,
    hint: expect.stringContaining('"icu: full" in build.yml'),
  });
  expect(readFileSync(file)).toEqual(bytes);
});
