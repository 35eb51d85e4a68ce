import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { analyse } from './analyse.ts';
import type { Surroundings } from './judgement.ts';

const around: Surroundings = {
  places: { home: tmpdir(), root: tmpdir(), folder: '/service' },
  installed: new Map(),
  isCovered: () => false,
  hasModules: false,
};

/** `3 de-DE`: line and language. */
async function asked(text: string, file = 'main.ts'): Promise<string[] | undefined> {
  const found = await analyse(join(tmpdir(), file), text, true, around);
  return found?.locales.map(({ line, tag }) => `${line} ${tag}`);
}

test.each([
  ["new Intl.DateTimeFormat('de-DE', { dateStyle: 'full' })", 'de-DE'],
  ["Intl.NumberFormat('fr').format(1)", 'fr'],
  ["new Intl.Collator(['sv', 'en'])", 'sv'],
  ["Intl.DisplayNames.supportedLocalesOf?.('ja')", undefined],
  ["date.toLocaleString('sv-SE')", 'sv-SE'],
  ["date?.toLocaleDateString('pt-BR', options)", 'pt-BR'],
  ['new Date().toLocaleTimeString(`zh-Hant`)', 'zh-Hant'],
  ["a.localeCompare(b, 'de')", 'de'],
  ["const tag = 'nl';\nx.toLocaleString(tag);", 'nl'],
  ["(x as Date).toLocaleString('de' as string)", 'de'],
  ["new Intl.Segmenter('th')", 'th'],
])('%s asks for %s', async (text, tag) => {
  const lines = text.split('\n').length;
  expect(await asked(text)).toEqual(tag === undefined ? [] : [`${lines} ${tag}`]);
});

test.each([
  ...["date.toLocaleString('en')", "date.toLocaleString('en-GB')", "new Intl.Collator(['en-IN', 'hi'])"],
  ...["date.toLocaleString('en-u-ca-buddhist')", 'date.toLocaleString()', 'date.toLocaleString(undefined)'],
  ...['new Intl.NumberFormat(language)', "a.localeCompare('de')", "new Intl.Locale('und')", 'Intl.x'],
  ...["text.toLocaleUpperCase('tr')", "date.toLocaleString('not a tag')", "other.DateTimeFormat('de')"],
  ...["type T = Intl.DateTimeFormat;\nfind('de');", "let tag = 'de'; tag = given; date.toLocaleString(tag)"],
  ...["// date.toLocaleString('de')\nIntl", 'const text = "toLocaleString(\'de\')"'],
])('%s asks for no other language than English', async (text) => {
  expect((await asked(text)) ?? []).toEqual([]);
});

test('a program without a word about languages is not parsed for them', async () => {
  expect(await asked("console.log('de')")).toBeUndefined();
});

test('dependencies are looked through as well', async () => {
  const text = "exports.shown = (date) =>\n  date.toLocaleString('ko-KR');";
  expect(await asked(text, 'node_modules/dep/index.js')).toEqual(['2 ko-KR']);
});
