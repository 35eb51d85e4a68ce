import { expect, test } from 'vitest';
import type { TpmLink } from './call.ts';
import { commandCode } from './constants.ts';
import { storageKey } from './storage-key.ts';

/** A TPM that answers each command with these bytes, in hexadecimal, and remembers the commands. */
function fakeTpm(answers: Readonly<Record<number, string>>): TpmLink & { readonly asked: number[] } {
  const asked: number[] = [];
  return {
    asked,
    transact: async (command) => {
      const code = command.readUInt32BE(6);
      asked.push(code);
      return Buffer.from((answers[code] ?? '').replaceAll(' ', ''), 'hex');
    },
  };
}

const { readPublic, createPrimary, evictControl, flushContext } = commandCode;

test('a key that cannot be kept is removed, and the reason told even where that fails, too', async () => {
  const tpm = fakeTpm({
    [readPublic]: '8001 0000000a 0000018b',
    [createPrimary]: '8002 00000017 00000000 80000001 00000000 0000 01 0000',
    [evictControl]: '8001 0000000a 00000921',
    [flushContext]: '8001 0000000a 00000910',
  });
  await expect(storageKey(tpm)).rejects.toThrow(
    'the TPM refuses with 0x921: it is locked after too many wrong passwords',
  );
  expect(tpm.asked).toEqual([readPublic, createPrimary, evictControl, flushContext]);
});

test('a TPM that refuses to show its key is not given another one', async () => {
  const tpm = fakeTpm({ [readPublic]: '8001 0000000a 00000100' });
  await expect(storageKey(tpm)).rejects.toThrow('the TPM refuses with 0x100: it has not been started');
  expect(tpm.asked).toEqual([readPublic]);
});
