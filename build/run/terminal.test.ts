import { expect, test } from 'vitest';
import { keyReader } from './terminal.ts';

/** What becomes of keys that arrive in these pieces. */
function type(...pieces: readonly string[]): { sent: string; chosen: string[]; asked: number } {
  const seen = { sent: '', chosen: [] as string[], asked: 0 };
  const read = keyReader(
    (bytes) => {
      seen.sent += Buffer.from(bytes);
    },
    (choice) => seen.chosen.push(choice),
    () => {
      seen.asked += 1;
    },
  );
  for (const piece of pieces) read(Buffer.from(piece));
  return seen;
}

test('every key goes to the guest, Ctrl-C and Ctrl-D among them', () => {
  expect(type('ls\r', '\x03\x04\x1b[A', 'ü')).toEqual({ sent: 'ls\r\x03\x04\x1b[Aü', chosen: [], asked: 0 });
});

test('Ctrl-] asks, and the next key is the answer', () => {
  expect(type('a\x1d', 'd', 'b')).toEqual({ sent: 'ab', chosen: ['detach'], asked: 1 });
  expect(type('\x1ds').chosen).toEqual(['stop']);
  expect(type('\x1dq').chosen).toEqual(['quit']);
});

test('any other answer goes back, and Ctrl-] twice is sent once', () => {
  expect(type('\x1dx', 'y')).toEqual({ sent: 'y', chosen: [], asked: 1 });
  expect(type('a\x1d\x1db')).toEqual({ sent: 'a\x1db', chosen: [], asked: 1 });
});
