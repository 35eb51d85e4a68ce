import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import type { MachineRecord, MachineState } from '../machine/records/record.ts';

/** How a machine ended. */
export interface Ended {
  readonly state: MachineState & ('stopped' | 'failed');
  readonly reason: string;
}

export interface LifeEvents {
  /** The guest's console spoke. */
  output: [Buffer];
  /** Something a person should know. */
  line: [string];
  /** The machine runs: its process, and what runs its processors. Again when it is started in another way. */
  started: [pid: number, accel: MachineRecord['accel']];
  /** The guest begins anew. */
  reset: [];
}

/** One life of a machine, whatever it runs on: what the monitor needs of it. */
export interface Life extends EventEmitter<LifeEvents> {
  /** Resolves when the machine has ended for good. */
  run(accel: MachineRecord['accel']): Promise<Ended>;
  /** The guest's services answer. */
  booted(): void;
  /** To the guest's console. */
  input(bytes: Uint8Array): void;
  /** Asks the guest to power off, without its supervisor's help. */
  powerButton(): Promise<void>;
  /** Asks it for a reboot, in the same way. */
  ctrlAltDel(): Promise<void>;
  /** Ends it at once. */
  quit(): Promise<void>;
  /** A new connection to the guest's control service; that it fails means only that nobody is there yet. */
  dial(): Socket;
}
