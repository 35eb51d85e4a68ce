/** A block device of Documentation/admin-guide/iostats.rst. Times are in seconds. */
export interface DiskStats {
  /** `vda`, `vda1` */
  readonly device: string;
  readonly reads: number;
  /** Requests that were joined to others. */
  readonly readsMerged: number;
  readonly readBytes: number;
  readonly readSeconds: number;
  readonly writes: number;
  readonly writesMerged: number;
  readonly writtenBytes: number;
  readonly writeSeconds: number;
  readonly inProgress: number;
  readonly ioSeconds: number;
  /** The same, times the requests in progress. */
  readonly weightedSeconds: number;
  /** Since Linux 4.18. */
  readonly discards?: number;
  readonly discardsMerged?: number;
  readonly discardedSectors?: number;
  readonly discardSeconds?: number;
  /** Since Linux 5.5. */
  readonly flushes?: number;
  readonly flushSeconds?: number;
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
      ...{ reads: at(0), readsMerged: at(1), readBytes: at(2) * sectorBytes, readSeconds: at(3) / 1000 },
      ...{
        writes: at(4),
        writesMerged: at(5),
        writtenBytes: at(6) * sectorBytes,
        writeSeconds: at(7) / 1000,
      },
      ...{ inProgress: at(8), ioSeconds: at(9) / 1000, weightedSeconds: at(10) / 1000 },
      ...(fields.length >= 15 && {
        discards: at(11),
        discardsMerged: at(12),
        discardedSectors: at(13),
        discardSeconds: at(14) / 1000,
      }),
      ...(fields.length >= 17 && { flushes: at(15), flushSeconds: at(16) / 1000 }),
    });
    if (found.length === maxDevices) break;
  }
  return found;
}

const isDevice = /^(?!loop\d|ram\d)[A-Za-z0-9!_.-]{1,64}$/;
