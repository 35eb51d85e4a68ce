import { expect, test } from 'vitest';
import { TpmError } from '../../tpm/wire.ts';
import { parseTpmToken } from './tpm-token.ts';

const token = { type: 'systemd-tpm2', keyslots: ['0'], 'tpm2-blob': 'AAEBAAIDBA==', 'tpm2-pcrs': [] };

test('the sealed key of a token', () => {
  const sealed = { private: Buffer.of(1), public: Buffer.of(3, 4) };
  expect(parseTpmToken(token)).toEqual(sealed);
  expect(parseTpmToken({ ...token, 'tpm2-pin': false })).toEqual(sealed);
});

test.each([
  ['of another kind', { type: 'systemd-recovery' }],
  ['with a PIN', { 'tpm2-pin': true }],
  ['bound to what has booted', { 'tpm2-pcrs': [7] }],
  ['bound to signed measurements', { tpm2_pubkey: 'AAAA' }],
  ['without a key', { 'tpm2-blob': undefined }],
  ['that is too long', { 'tpm2-blob': 'A'.repeat(8193) }],
])('a token %s is left alone', (_what, change) => {
  expect(parseTpmToken({ ...token, ...change })).toBeUndefined();
});

test.each(['', 'AAE=', 'AAEBAAIDBAU='])('one that is cut off or goes on is refused: %j', (blob) => {
  expect(() => parseTpmToken({ ...token, 'tpm2-blob': blob })).toThrow(TpmError);
});
