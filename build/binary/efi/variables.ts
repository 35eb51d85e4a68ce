import { efiGuids } from './guids.ts';

/** A variable that decides about Secure Boot. */
export interface KeyVariable {
  readonly name: 'PK' | 'KEK' | 'db';
  readonly vendor: Buffer;
}

export const keyVariables: readonly KeyVariable[] = [
  { name: 'PK', vendor: efiGuids.globalVariable },
  { name: 'KEK', vendor: efiGuids.globalVariable },
  { name: 'db', vendor: efiGuids.imageSecurityDatabase },
];

/**
 * NON_VOLATILE, BOOTSERVICE_ACCESS, RUNTIME_ACCESS, TIME_BASED_AUTHENTICATED_WRITE_ACCESS (UEFI 2.10, 8.2).
 */
export const keyAttributes = 0x27;

/** EFI_TIME: u16 year, u8 month, day, hour, minute, second; the rest must be zero here (UEFI 2.10, 8.2.6). */
export function efiTime(date: Date): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt16LE(date.getUTCFullYear(), 0);
  const fields = [
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  ];
  bytes.set(fields, 2);
  return bytes;
}

/** What the signature of a new value covers: name, vendor, attributes, time and value. */
export function signedVariable({ name, vendor }: KeyVariable, date: Date, value: Uint8Array): Buffer {
  const attributes = Buffer.alloc(4);
  attributes.writeUInt32LE(keyAttributes);
  return Buffer.concat([Buffer.from(name, 'utf16le'), vendor, attributes, efiTime(date), value]);
}

/**
 * EFI_VARIABLE_AUTHENTICATION_2 and the value behind it, as SetVariable() takes it: EFI_TIME, then
 * WIN_CERTIFICATE_UEFI_GUID (u32 bytes, u16 0x0200, u16 WIN_CERT_TYPE_EFI_GUID, GUID, SignedData).
 */
export function authenticatedValue(date: Date, signedData: Uint8Array, value: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(8 + 16 + signedData.length, 0);
  head.writeUInt16LE(0x0200, 4);
  head.writeUInt16LE(0x0ef1, 6);
  return Buffer.concat([efiTime(date), head, efiGuids.certTypePkcs7, signedData, value]);
}
