import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../../../lib/files/replace-file.ts';
import { readServiceFile } from '../../../lib/files/service-file.ts';

/**
 * RFC 8415 section 11: a DUID-LLT is u16 1 | u16 hardware | u32 seconds since 2000 | MAC; a DUID-UUID is
 * u16 4 | UUID.
 */
const DUID_LLT = 1;
const DUID_UUID = 4;
const ETHERNET = 1;
const year2000 = Date.UTC(2000, 0, 1);

const kept = /^(?:[0-9a-f]{2}){3,130}\n?$/;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The machine's name to DHCPv6 servers: the one in the state folder, else made of the UUID of the (virtual)
 * hardware, else of this MAC address and the time; then kept in the folder, if that can be written.
 */
export function machineDuid(folder: string, mac: string, now: number): Buffer {
  const path = join(folder, 'duid');
  const text = readServiceFile(path, 300);
  if (text !== undefined && kept.test(text)) return Buffer.from(text.trim(), 'hex');
  const duid = uuidDuid(hardwareUuid()) ?? linkDuid(mac, now);
  try {
    replaceFile(path, `${duid.toString('hex')}\n`);
  } catch {
    // A folder that cannot be written: the next boot makes it again, of the same UUID where there is one.
  }
  return duid;
}

export function uuidDuid(text: string | undefined): Buffer | undefined {
  const plain = text?.trim().toLowerCase() ?? '';
  // QEMU without -uuid has zeros, some boards ones: many machines would have one name.
  if (!uuid.test(plain) || /^[0-]+$|^[f-]+$/.test(plain)) return undefined;
  return Buffer.concat([Buffer.of(0, DUID_UUID), Buffer.from(plain.replaceAll('-', ''), 'hex')]);
}

export function linkDuid(mac: string, now: number): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16BE(DUID_LLT, 0);
  head.writeUInt16BE(ETHERNET, 2);
  head.writeUInt32BE(Math.max(0, Math.floor((now - year2000) / 1000)) >>> 0, 4);
  return Buffer.concat([head, Buffer.from(mac.replaceAll(':', ''), 'hex')]);
}

function hardwareUuid(): string | undefined {
  try {
    return readFileSync('/sys/class/dmi/id/product_uuid', 'latin1');
  } catch {
    return undefined;
  }
}
