import { ownProcess } from '../records/process.ts';
import type { MachineRecord } from '../records/record.ts';

/** A record for tests: a machine of this process that boots from an ISO. */
export function testRecord(name: string, change: Partial<MachineRecord> = {}): MachineRecord {
  return {
    ...{ name, state: 'running', reason: '', owner: ownProcess(), guest: null, publish: [] },
    ...{ boot: { kind: 'iso', path: '/x.iso', firmware: 'bios' }, arch: 'amd64', accel: 'tcg' },
    ...{ cpus: 1, memoryMiB: 512, createdMs: 1, startedMs: 2, endedMs: null },
    ...change,
  };
}
