import { type ServiceRow } from '../../machine/client/services.ts';
import { type MachineRow } from '../../machine/lifecycle/machine-row.ts';
import { type IncidentRow } from '../../machine/logs/incidents.ts';
import { type CopyOptions, type CopyResult } from './copy.ts';
import { type ExecOptions, type ExecResult } from './exec.ts';
import { type MachinePlace } from './failure.ts';
import { type Forward, type ForwardOptions } from './forwards.ts';
import { type MachineLogs } from './logs.ts';
import type { Lifeline } from './runner.ts';
import { type WaitOptions } from './wait-options.ts';
export type { IncidentRow } from '../../machine/logs/incidents.ts';
export type { MachineRow, ServiceRow };
/**
 * A machine of a test. It ends with the scope of its `await using`, and with this process, even if that is
 * killed. Every failure is a `MachineError` with the end of the machine's console; an aborted signal rejects
 * with its own reason.
 */
export declare class TestMachine implements AsyncDisposable, MachinePlace {
    #private;
    /** As in `kit ps`; also its hostname, unless its image or its metadata says otherwise. */
    readonly name: string;
    /** The folder with its console and its disks. It is removed in the end. */
    readonly dir: string;
    readonly logs: MachineLogs;
    /** `bootMachine` makes it. */
    constructor(place: MachinePlace, lifeline: Lifeline, startAgain: (signal: AbortSignal) => Promise<Lifeline>);
    /** Runs a program to its end. A status other than 0 is no error. */
    exec(program: string, args?: readonly string[], options?: ExecOptions): Promise<ExecResult>;
    /** Copies a file or folder of this host into the machine, by the rules of docker cp. */
    copyIn(from: string, to: string, options?: CopyOptions): Promise<CopyResult>;
    /** Copies a file or folder of the machine to this host, by the rules of docker cp. */
    copyOut(from: string, to: string, options?: CopyOptions): Promise<CopyResult>;
    /**
     * Opens a port of this host that leads to a port of a service, or of the machine itself for an empty name.
     * It works without `publish` and in any network, and also after a reboot; it closes with the machine's
     * scope.
     */
    forward(service: string, port: number, options?: ForwardOptions): Promise<Forward>;
    /** Its state and its services. */
    status(): Promise<MachineRow>;
    /** Its services, and the containers of onboot and onshutdown. */
    services(options?: Pick<WaitOptions, 'signal'>): Promise<readonly ServiceRow[]>;
    /** One of them. */
    service(name: string): Promise<ServiceRow>;
    /**
     * Recorded failures of a service, or of all, oldest first; those of earlier boots too if /var is a disk.
     */
    incidents(service?: string): Promise<readonly IncidentRow[]>;
    /**
     * Stops a service and starts it again, and resolves when it is ready; without a service, reboots the
     * machine.
     */
    restart(service?: string, options?: WaitOptions): Promise<void>;
    /** Reboots the machine in order, and resolves when its services are ready again. */
    reboot(options?: WaitOptions): Promise<void>;
    /** Powers the machine off in order, or stops one service. */
    stop(service?: string, options?: WaitOptions): Promise<void>;
    /**
     * Cuts the power: the machine ends at once, without a chance to write anything. `start` boots it again with
     * what its disks then hold.
     */
    cutPower(): Promise<void>;
    /**
     * Boots a machine that is off, with the same disks, metadata and published ports, and resolves when its
     * services are ready; or starts one service that was stopped, and resolves when it is ready.
     */
    start(service?: string, options?: WaitOptions): Promise<void>;
    /** Resolves when all services are ready; for machines booted with `wait: 'started'`. */
    ready(options?: WaitOptions): Promise<void>;
    /**
     * Asks again and again until `check` accepts the answer, which it then resolves to.
     * @param what completes "still not …" @param options timeoutMs: default 60 000
     */
    until<T>(what: string, ask: () => Promise<T>, check: (answer: T) => boolean, options?: WaitOptions): Promise<T>;
    /** All that the machine has printed on its console, as text. */
    console(): Promise<string>;
    /**
     * Runs a part of a test. What it throws, a failed assertion too, gets the end of the console added to its
     * message.
     */
    explain<T>(part: () => T | Promise<T>): Promise<T>;
    /** A message with the end of the console below it, for an assertion. */
    describe(message: string): Promise<string>;
    /** Ends the machine at once if it still runs, and removes its folder. */
    [Symbol.asyncDispose](): Promise<void>;
}
