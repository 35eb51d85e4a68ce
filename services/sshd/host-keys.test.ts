import keygen from 'ssh2/lib/keygen.js';
import { expect, test } from 'vitest';
import { readablePair } from './host-keys.ts';

test('a key that ssh2 writes wrongly is generated again', () => {
  const good = keygen.generateKeyPairSync('ecdsa', { bits: 256, comment: '' });
  const pairs = [{ private: good.private.replace('\nb3BlbnNza', '\nAAAAAAAAA') }, good];
  expect(readablePair(() => pairs.shift() ?? good).pair).toBe(good);
});

test('a generator that never makes a good one is given up', () => {
  expect(() => readablePair(() => ({ private: 'x' }))).toThrow('Cannot read back a generated host key');
});
