import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { listMounts } from '../../linux/mount/mountinfo.ts';
import type { BlockDevice } from './content.ts';
import { swapDevices } from './swaps.ts';

/** sysfs counts in these, whatever the device's own sectors are. */
const sysfsSector = 512;

/** Far more than machines have. */
const deviceLimit = 4096;

/** All disks and partitions with a medium, in the order of their names: `vda`, `vda1`, `vdb`. */
export function listBlockDevices(folder = '/sys/class/block'): BlockDevice[] {
  const uses = usesOfDevices();
  const names = readdirSync(folder).slice(0, deviceLimit).sort(byName);
  return names.flatMap((name) => {
    try {
      return [blockDevice(join(folder, name), name, uses)].filter(({ bytes }) => bytes > 0);
    } catch {
      // It has gone meanwhile.
      return [];
    }
  });
}

/** `vdb` before `vdaa`, `vda2` before `vda10`. */
export function byName(a: string, b: string): number {
  const parts = (name: string) => /^(.*?)(\d*)$/.exec(name) ?? ['', name, ''];
  const [[, stemA = '', numberA = ''], [, stemB = '', numberB = '']] = [parts(a), parts(b)];
  if (stemA !== stemB) return stemA.length - stemB.length || (stemA < stemB ? -1 : 1);
  return Number(numberA) - Number(numberB);
}

function blockDevice(link: string, name: string, uses: ReadonlyMap<string, string>): BlockDevice {
  const folder = realpathSync(link);
  const isPartition = textOf(join(folder, 'partition')) !== undefined;
  const parent = isPartition ? dirname(folder) : folder;
  const path = `/dev/${name}`;
  return {
    name,
    path,
    bytes: Number(textOf(join(folder, 'size'))) * sysfsSector,
    sectorBytes: Number(textOf(join(parent, 'queue/logical_block_size')) ?? sysfsSector),
    readOnly: textOf(join(folder, 'ro')) === '1' || textOf(join(parent, 'ro')) === '1',
    serial: serialOf(parent),
    disk: isPartition ? basename(parent) : undefined,
    usedBy: uses.get(path) ?? holderOf(folder),
  };
}

/**
 * virtio shows it beside the disk, NVMe at the controller, SCSI and ATA as page 0x80 of the vital product
 * data.
 */
function serialOf(disk: string): string | undefined {
  const serial = textOf(join(disk, 'serial')) ?? textOf(join(disk, 'device/serial'));
  if (serial) return serial;
  try {
    const page = readFileSync(join(disk, 'device/vpd_pg80'));
    return page.toString('latin1', 4, Math.min(4 + page.readUInt16BE(2), 256)).trim() || undefined;
  } catch {
    return undefined;
  }
}

function holderOf(folder: string): string | undefined {
  try {
    const [holder] = readdirSync(join(folder, 'holders'));
    return holder && `used by ${holder}`;
  } catch {
    return undefined;
  }
}

/** Devices that are mounted or hold swap, by path. */
function usesOfDevices(): Map<string, string> {
  const uses = new Map<string, string>(
    listMounts().map(({ source, target }) => [source, `mounted on ${target}`]),
  );
  for (const name of swapDevices(textOf('/proc/swaps') ?? '')) uses.set(`/dev/${name}`, 'used as swap');
  return uses;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}
