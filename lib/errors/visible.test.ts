import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonLine, visible, visibleText } from './visible.ts';

test.each([
  ['plain\ttext, größer → 漢字 👩‍💻', 'plain\ttext, größer → 漢字 👩‍💻'],
  ['\x1b[1;31mred\x1b[0m', 'red'],
  ['\x1b]0;title\x07', '\\x1b]0;title\\x07'],
  ['\x1b[2J\r\x00\x7f\x9b', '\\x1b[2J\\x0d\\x00\\x7f\\x9b'],
  ['a\u202eb', 'a\\u202eb'],
  ['caf\udce9.txt', 'caf\\xe9.txt'],
])('%j is made visible', (text, wanted) => {
  expect(visible(text)).toBe(wanted);
});

/** What a terminal would act on. */
const acts = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

test.each([
  ['writing to the clipboard (OSC 52)', '\x1b]52;c;cm0gLXJmIH4=\x07'],
  ['a request that is answered (DECRQSS)', '\x1bP$q"p\x1b\\'],
  ['the title of the window', '\x1b]0;root@host\x1b\\'],
  ['a question for the title (CSI 21t)', '\x1b[21t'],
  ['the same with C1 characters', '\x9d52;c;cm0=\x9c\x9b21t\x90$q"p\x9c'],
  ['questions for the device and the cursor', '\x1b[c\x1b[6n\x1bZ\x05'],
  ['another order of reading', 'user\u202e\u2066// \u2069\u2066txt.exe'],
  ['other lines', 'a\u2028b\u2029c\vd\fe\rf'],
])('%s is made harmless everywhere', (_what, text) => {
  expect(visible(text)).not.toMatch(acts);
  expect(visibleText(`${text}\n${text}`, { colour: true })).not.toMatch(acts);
  expect(visibleText(`${text}\n${text}`).split('\n')).toHaveLength(2);
  const json = jsonLine({ text });
  expect(json.slice(0, -1)).not.toMatch(acts);
  expect(JSON.parse(json)).toEqual({ text });
});

test('colours of kit stay where it makes them', () => {
  const text = '\x1b[1mbad\x1b[22m\x1b[2J\n\x1b[31mx\r\n';
  expect(visibleText(text, { colour: true })).toBe('\x1b[1mbad\x1b[22m\\x1b[2J\n\x1b[31mx\n');
  expect(visibleText(text)).toBe('bad\\x1b[2J\nx\n');
});

test('no control character is left, in any context', () => {
  const text = fc.string({ unit: fc.constantFrom('\x1b', '[', 'm', '0', ';', '\x9b', 'x', '\x1b[0m') });
  fc.assert(
    fc.property(text, (one) => {
      expect(visible(one)).not.toMatch(acts);
      expect(visibleText(one, { colour: true }).replace(/\x1b\[[\d;:]*m/g, '')).not.toMatch(acts);
    }),
  );
});
