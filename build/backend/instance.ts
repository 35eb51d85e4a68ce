import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import type { MachineRecord, MachineState } from '../machine/records/record.ts';

/** How a machine ended. */
export interface MachineExit {
  readonly state: MachineState & ('stopped' | 'failed');
  /** `powered off`, `kernel panic: no root` */
  readonly reason: string;
}

export interface InstanceEvents {
  /** Bytes that the guest wrote to its console; they are in the console's log already. */
  output: [Buffer];
  /** A message for the user who started the machine, without a newline. */
  notice: [string];
  /**
   * The pid on the host of the process that ends with the guest, and the guest's accelerator. Emitted again
   * after each restart.
   */
  started: [pid: number, accel: MachineRecord['accel']];
  /** The guest reboots: connections to it are dead. */
  reset: [];
}

/** One run of a machine from its start to its end, reboots included: what the monitor needs of a backend. */
export interface Instance extends EventEmitter<InstanceEvents> {
  /** Starts the machine. Resolves when it has ended for good and its console's log is complete. */
  run(): Promise<MachineExit>;
  /** To be called once the guest's control service has answered: this boot succeeded. */
  booted(): void;
  /** Sends bytes to the guest's console. */
  input(bytes: Uint8Array): void;
  /** Asks the guest to power off, without its supervisor. */
  powerButton(): Promise<void>;
  /** Asks the guest to reboot, without its supervisor. */
  ctrlAltDel(): Promise<void>;
  /** Ends the machine at once, like pulling the plug. */
  quit(): Promise<void>;
  /**
   * Shows the running machine the layers of another launch of this backend, if they cannot be sent to it.
   * Before the machine replaces services.
   */
  prepareUpdate(launch: object): Promise<void>;
  /** From the machine's next boot on, it is started by that launch. */
  nextBoot(launch: object): void;
  /** Opens a connection to the guest's control service. It fails as long as the guest does not listen yet. */
  connectControl(): Socket;
}
