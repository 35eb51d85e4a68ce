/** A block device of Documentation/admin-guide/iostats.rst. Times are in seconds. */
export interface DiskStats {
  /** `vda`, `vda1` */
  readonly device: string;
  readonly reads: number;
  readonly readBytes: number;
  readonly readSeconds: number;
  readonly writes: number;
  readonly writtenBytes: number;
  readonly writeSeconds: number;
  readonly inProgress: number;
  readonly ioSeconds: number;
}

/** The kernel counts sectors of this size, whatever the device has. */
const sectorBytes = 512;

const maxDevices = 256;

/** Without loop and ram devices: layers of the image are on dozens of them. */
export function parseDiskstats(text: string): DiskStats[] {
  const found: DiskStats[] = [];
  for (const line of text.split('\n')) {
    const [, , device, ...fields] = line.trim().split(/ +/, 40);
    if (device === undefined || fields.length < 11 || !isDevice.test(device)) continue;
    if (!fields.every((field) => /^\d{1,19}$/.test(field))) continue;
    const at = (index: number): number => Number(fields[index]);
    found.push({
      device,
      ...{ reads: at(0), readBytes: at(2) * sectorBytes, readSeconds: at(3) / 1000 },
      ...{ writes: at(4), writtenBytes: at(6) * sectorBytes, writeSeconds: at(7) / 1000 },
      ...{ inProgress: at(8), ioSeconds: at(9) / 1000 },
    });
    if (found.length === maxDevices) break;
  }
  return found;
}

const isDevice = /^(?!loop\d|ram\d)[A-Za-z0-9!_.-]{1,64}$/;
