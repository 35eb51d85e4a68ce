import { efiGuids } from '../binary/efi/guids.ts';
import { keyVariables } from '../binary/efi/variables.ts';
import { type KeyEntry, keyList } from '../signing/efi/key-list.ts';
import { verifyProgram } from '../signing/efi/verify-program.ts';
import { type Measured, measured, type Pcr, pcrAfter } from './pcr.ts';

/**
 * PCR 7: the variables of Secure Boot, and the entry of db that admitted the program (TCG PC Client Platform
 * Firmware Profile, 3.3.4.8).
 * @param folder of `kit keys secure-boot`; firmware has these keys and no other, and an empty dbx
 * @throws KitError for keys that cannot be read, and for a program that none of db has signed
 */
export async function secureBootPcr(path: string, folder: string): Promise<Pcr> {
  const keys = keyVariables.map(({ name, vendor }) => ({ name, vendor, ...keyList(folder, name) }));
  const db = keys.flatMap(({ name, entries }) => (name === 'db' ? entries : []));
  const admitted = await entryThatAdmits(path, db);
  const { globalVariable, imageSecurityDatabase } = efiGuids;
  return pcrAfter(7, [
    variable('SecureBoot', globalVariable, Buffer.of(1)),
    ...keys.map(({ name, vendor, list }) => variable(name, vendor, list)),
    variable('dbx', imageSecurityDatabase, Buffer.alloc(0)),
    measured('separator', Buffer.alloc(4)),
    { ...variable('db', imageSecurityDatabase, admitted), what: 'the key of db that signed the program' },
  ]);
}

async function entryThatAdmits(path: string, db: readonly KeyEntry[]): Promise<Buffer> {
  const certificates = db.map(({ certificate }) => certificate);
  const signer = await verifyProgram(path, certificates);
  return db[certificates.indexOf(signer)]?.whole ?? Buffer.alloc(0);
}

/**
 * UEFI_VARIABLE_DATA (TCG PC Client Platform Firmware Profile, 10.2.6): GUID of the vendor, u64 letters of
 * the name, u64 bytes of the value, the name in UTF-16, the value.
 */
function variable(name: string, vendor: Buffer, value: Buffer): Measured {
  const lengths = Buffer.alloc(16);
  lengths.writeBigUInt64LE(BigInt(name.length), 0);
  lengths.writeBigUInt64LE(BigInt(value.length), 8);
  const bytes = Buffer.concat([vendor, lengths, Buffer.from(name, 'utf16le'), value]);
  return measured(`variable ${name}`, bytes);
}
