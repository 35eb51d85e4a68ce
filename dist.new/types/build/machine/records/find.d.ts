import { type MachineRecord } from './record.ts';
type Env = Readonly<Record<string, string | undefined>>;
/** A machine that this host knows: its folder, and its record as it was read. */
export interface Machine {
    readonly dir: string;
    readonly record: MachineRecord;
}
export declare const isRemote: ({ record }: Machine) => boolean;
/** Whether the machine runs; otherwise only its logs are left. A remote one counts as running. */
export declare const isLive: ({ record }: Machine) => boolean;
/**
 * All machines that have a folder, by name. Records of machines whose monitor was killed are updated first.
 */
export declare function listMachines(env: Env): Promise<Machine[]>;
/** The machine of that name. @throws KitError when there is none, with the names of those that run */
export declare function findMachine(env: Env, name: string): Promise<Machine>;
/**
 * The machine in that folder, its record corrected if its monitor was killed; undefined when there is none.
 */
export declare function readMachine(dir: string): Promise<Machine | undefined>;
/** Removes the monitor's socket and those of its backend. */
export declare function removeSockets(dir: string): Promise<void>;
export {};
