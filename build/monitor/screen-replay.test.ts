import fc from 'fast-check';
import { expect, test } from 'vitest';
import { screenReplay } from './screen-replay.ts';

const replayed = (text: string): string => screenReplay(Buffer.from(text)).toString();

test.each([
  ['text', 'größer\r\n# ls\t-l \b'],
  ['colours, moves and erasures', '\x1b[2J\x1b[1;1H\x1b[31mred\x1b[0m\x1b[K\x1b[3A\x1b[?25l\x1b7\x1b8\x1bM'],
])('%s is shown again', (_what, text) => {
  expect(replayed(text)).toBe(text);
});

test.each([
  ['writing to the clipboard (OSC 52)', 'a\x1b]52;c;cm0gLXJmIH4=\x07b'],
  ['the title of the window', 'a\x1b]0;root@host\x1b\\b'],
  ['a request that is answered (DECRQSS)', 'a\x1bP$q"p\x1b\\b'],
  ['a question for the title (CSI 21t)', 'a\x1b[21tb'],
  [
    'questions for the device, its parameters, its modes and the cursor',
    'a\x1b[c\x1b[>c\x1b[0x\x1b[?1$p\x1b[6n\x1bZ\x05b',
  ],
  ['C1 characters', 'a\x9d52;c;cm0=\x9c\x9b21t\x90$q"p\x9c\x9bcb'],
  ['reports of the mouse, bracketed paste, the alternate screen', 'a\x1b[?1003h\x1b[?2004h\x1b[?1049hb'],
  ['a reset, another character set, a larger line', 'a\x1bc\x1b(0\x1b#3\x0eb'],
  ['another order of reading', 'a\u202e\u2066b'],
])('%s: is not repeated', (_what, text) => {
  expect(replayed(text)).toBe('ab');
});

test('a sequence that is cut off takes nothing with it that is harmless, and leaves no escape', () => {
  expect(replayed('a\x1b')).toBe('a');
  expect(replayed('a\x1b[')).toBe('a');
  expect(replayed('a\x1b]52;c;cm0=')).toBe('a');
  expect(replayed('a\x1b]0;x\x1b[31mb')).toBe('a\x1b[31mb');
});

test('whatever comes, a second pass finds nothing more', () => {
  const unit = fc.constantFrom(
    '\x1b',
    '[',
    ']',
    'P',
    '\\',
    '\x07',
    '\x9b',
    '\x9d',
    '\x9c',
    '2',
    '1',
    ';',
    't',
    'c',
    'm',
    '$',
    'x',
  );
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 30 }), (text) => {
      const once = replayed(text);
      expect(replayed(once)).toBe(once);
      expect(once).not.toMatch(/\x1b[P\]^_XcZ]|\x1b\[[\d;]*[tcn]|[\x05\x07\x80-\x9f]/);
    }),
  );
});
