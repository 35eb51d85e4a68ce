import { KitError } from '../../../lib/errors/errors.ts';
import { efiGuids } from './guids.ts';
import { efiTime, type KeyVariable, keyAttributes } from './variables.ts';

export interface StoredVariable {
  readonly variable: KeyVariable;
  readonly value: Uint8Array;
}

/**
 * The flash of EDK II's variables with these added behind those that it has (MdeModulePkg,
 * VariableFormat.h). At its begin is the header of a firmware volume, whose u16 at 48 is its length; then
 *
 *   0   GUID, u32 bytes of the store, u8 0x5a formatted, u8 0xfe healthy, 6 reserved
 *   28  variables, each of them in units of 4 bytes: u16 0x55aa, u8 state, u8 0, u32 attributes, u64 count,
 *       EFI_TIME, u32 key, u32 bytes of the name, u32 bytes of the value, GUID; name in UTF-16
 *       with its end, value
 *
 * @throws KitError for a flash in another format, or without room
 */
export function withVariables(
  flash: Buffer,
  added: readonly StoredVariable[],
  date: Date,
  name: string,
): Buffer {
  const cannot = (why: string): KitError => new KitError(`Cannot enrol keys in "${name}": ${why}`);
  const start = storeStart(flash);
  if (start === undefined) throw cannot('it holds no authenticated variables of EDK II');
  const end = start + flash.readUInt32LE(start + 16);
  if (end > flash.length) throw cannot('it is cut short');
  const result = Buffer.from(flash);
  let at = freeSpace(flash, start + headerBytes, end);
  if (at === undefined) throw cannot('its variables are damaged');
  for (const variable of added) {
    const bytes = storedBytes(variable, date);
    if (at + bytes.length > end) throw cannot('it has no room');
    at += bytes.copy(result, at);
  }
  return result;
}

const headerBytes = 28;
const variableBytes = 60;
const startId = 0x55aa;
/** VAR_ADDED: every other bit of flash that has been written is 0. */
const added = 0x3f;

function storeStart(flash: Buffer): number | undefined {
  if (flash.length < 64 || !flash.subarray(16, 32).equals(efiGuids.systemNvDataFv)) return undefined;
  const start = flash.readUInt16LE(48);
  if (start + headerBytes > flash.length) return undefined;
  return flash.subarray(start, start + 16).equals(efiGuids.authenticatedVariableStore) ? start : undefined;
}

/** Where the variables end; undefined for ones whose lengths reach beyond the store. */
function freeSpace(flash: Buffer, start: number, end: number): number | undefined {
  let at = start;
  while (at + variableBytes <= end && flash.readUInt16LE(at) === startId) {
    at += aligned(variableBytes + flash.readUInt32LE(at + 36) + flash.readUInt32LE(at + 40));
  }
  return at <= end ? at : undefined;
}

const aligned = (bytes: number): number => Math.ceil(bytes / 4) * 4;

function storedBytes({ variable: { name, vendor }, value }: StoredVariable, date: Date): Buffer {
  const title = Buffer.from(`${name}\0`, 'utf16le');
  const head = Buffer.alloc(variableBytes);
  head.writeUInt16LE(startId, 0);
  head.writeUInt8(added, 2);
  head.writeUInt32LE(keyAttributes, 4);
  efiTime(date).copy(head, 16);
  head.writeUInt32LE(title.length, 36);
  head.writeUInt32LE(value.length, 40);
  vendor.copy(head, 44);
  const whole = Buffer.concat([head, title, value]);
  return Buffer.concat([whole, Buffer.alloc(aligned(whole.length) - whole.length, 0xff)]);
}
