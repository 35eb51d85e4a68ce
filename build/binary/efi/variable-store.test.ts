import { expect, test } from 'vitest';
import { efiGuids } from './guids.ts';
import { certificateList, readCertificateLists } from './signature-list.ts';
import { withVariables } from './variable-store.ts';
import { authenticatedValue, keyVariables, signedVariable } from './variables.ts';

const date = new Date('2026-01-02T03:04:05Z');
const owner = Buffer.alloc(16, 0xaa);

/** A store of 500 bytes behind a volume's header of 72. */
function emptyFlash(): Buffer {
  const flash = Buffer.alloc(1024, 0xff);
  efiGuids.systemNvDataFv.copy(flash, 16);
  flash.writeUInt16LE(72, 48);
  efiGuids.authenticatedVariableStore.copy(flash, 72);
  flash.writeUInt32LE(500, 88);
  return flash;
}

test('variables come one after another, in units of four bytes', () => {
  const added = keyVariables.map((variable) => ({ variable, value: Buffer.from('value') }));
  const flash = withVariables(emptyFlash(), added, date, 'vars');
  const first = flash.subarray(100, 172);
  expect(first.toString('hex')).toBe(
    `aa553f0027000000${'00'.repeat(8)}ea070102030405${'00'.repeat(9)}` +
      `00000000${'06000000'}${'05000000'}${efiGuids.globalVariable.toString('hex')}` +
      `50004b00000076616c7565ff`,
  );
  expect(flash.readUInt16LE(172)).toBe(0x55aa);
  const again = withVariables(flash, added.slice(0, 1), date, 'vars');
  expect(again.indexOf(first, 172), 'behind those that are there').toBeGreaterThan(172);
});

test('flash in another format, damaged or full is refused', () => {
  const added = [{ variable: keyVariables[0] as (typeof keyVariables)[number], value: Buffer.alloc(600) }];
  expect(() => withVariables(emptyFlash(), added, date, 'vars')).toThrow('it has no room');
  expect(() => withVariables(Buffer.alloc(1024), added, date, 'vars')).toThrow('no authenticated variables');
  expect(() => withVariables(emptyFlash().subarray(0, 300), added, date, 'vars')).toThrow('cut short');
});

test('lists of certificates are read again, and damaged ones refused', () => {
  const lists = Buffer.concat([
    certificateList(Buffer.from('one'), owner),
    certificateList(Buffer.from('three'), owner),
  ]);
  expect(readCertificateLists(lists).map(({ certificate }) => String(certificate))).toEqual(['one', 'three']);
  expect(() => readCertificateLists(lists.subarray(0, lists.length - 1))).toThrow('do not fit');
  expect(() => readCertificateLists(lists.subarray(0, 20))).toThrow('within the head');
});

test('what is signed of a variable, and how its value is sent', () => {
  const [, , db] = keyVariables;
  const covered = signedVariable(db as (typeof keyVariables)[number], date, Buffer.from('v'));
  expect(covered.toString('hex')).toBe(
    `64006200${efiGuids.imageSecurityDatabase.toString('hex')}27000000ea070102030405${'00'.repeat(9)}76`,
  );
  const value = authenticatedValue(date, Buffer.from('signature'), Buffer.from('v'));
  expect(value.readUInt32LE(16)).toBe(24 + 'signature'.length);
  expect(value.subarray(40).toString()).toBe('signaturev');
});
