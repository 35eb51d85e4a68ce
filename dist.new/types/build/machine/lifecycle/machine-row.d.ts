import { type ServiceRow } from '../client/services.ts';
import { type Machine } from '../records/find.ts';
import type { MachineState, PublishedPort } from '../records/record.ts';
/** A machine in `kit ps --json`. */
export interface MachineRow {
    readonly name: string;
    readonly state: MachineState;
    /** Seconds by the guest's own clock; since its start if it does not answer; 0 when it does not run. */
    readonly uptimeS: number;
    readonly publish: readonly PublishedPort[];
    readonly services: readonly ServiceRow[];
    /** Why it ended, or why its services are unknown; empty otherwise. */
    readonly reason: string;
}
/** A machine's row, with its services if the guest answers. */
export declare function machineRow(machine: Machine): Promise<MachineRow>;
