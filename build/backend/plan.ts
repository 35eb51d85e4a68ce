import type { Machine } from '../machine/records/find.ts';
import type { MachineRecord } from '../machine/records/record.ts';
import type { Launch } from './launch.ts';

/** How a machine will run, settled before it has its folder. */
export interface Plan {
  readonly settings: Pick<MachineRecord, 'boot' | 'arch' | 'accel' | 'cpus' | 'memoryMiB'>;
  /** Puts into the machine's folder what its monitor needs besides the record. */
  furnish(machine: Machine): Promise<Launch>;
}
