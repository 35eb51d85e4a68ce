import { expect, test } from 'vitest';
import { keyReader } from './console-keys.ts';

/** The effects of keys that arrive in these chunks. */
function type(...chunks: readonly string[]): { sent: string; chosen: string[]; asked: number } {
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
  for (const chunk of chunks) read(Buffer.from(chunk));
  return seen;
}

test('all keys are sent to the guest, including Ctrl-C and Ctrl-D', () => {
  expect(type('ls\r', '\x03\x04\x1b[A', 'ü')).toEqual({ sent: 'ls\r\x03\x04\x1b[Aü', chosen: [], asked: 0 });
});

test('Ctrl-] asks, and the next key is the choice', () => {
  expect(type('a\x1d', 'd', 'b')).toEqual({ sent: 'ab', chosen: ['detach'], asked: 1 });
  expect(type('\x1ds').chosen).toEqual(['stop']);
  expect(type('\x1dq').chosen).toEqual(['quit']);
});

test('any other key returns to the console, and a second Ctrl-] is sent', () => {
  expect(type('\x1dx', 'y')).toEqual({ sent: 'y', chosen: [], asked: 1 });
  expect(type('a\x1d\x1db')).toEqual({ sent: 'a\x1db', chosen: [], asked: 1 });
});
