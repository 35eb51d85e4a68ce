import { readFileSync, statfsSync } from 'node:fs';
import { status } from '@grpc/grpc-js';
import { refusal } from '../access/refusal.ts';
import { machineMemory } from '../memory/machine-memory.ts';

/** Left to the machine when a layer comes in, in bytes. */
const reserve = 32 << 20;

/** @param folder where it goes; undefined: to a file system in memory that is still to be made, of half of it */
export function refuseTooMuch(bytes: number, folder: string | undefined): void {
  const { total, available } = machineMemory();
  const { bsize, bavail } = folder === undefined ? { bsize: 1, bavail: total / 2 } : statfsSync(folder);
  const room = Math.max(0, Math.min(available - reserve, bsize * bavail));
  if (bytes <= room) return;
  throw refusal(
    status.RESOURCE_EXHAUSTED,
    `Cannot bring ${megabytes(bytes)} of a debug image into the machine: it has ${megabytes(room)} of memory left for it`,
  );
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** The kernel lets nobody mount a file there, and `kit run container` is one. */
export function refuseInUserNamespace(): void {
  if (/^ *0 +0 +4294967295$/m.test(readFileSync('/proc/self/uid_map', 'utf8'))) return;
  throw refusal(
    status.FAILED_PRECONDITION,
    'Cannot bring a debug image into a machine that is a container: nothing can be mounted from a file there',
  );
}
