/** A failure of a machine, or in one. */
export declare class MachineError extends Error {
    readonly name = "MachineError";
    /** The machine's name. */
    readonly machine: string;
    /** The last lines of its console, more than the message shows; empty if it printed nothing. */
    readonly console: string;
    constructor(message: string, details: {
        machine: string;
        console: string;
        cause?: unknown;
    });
}
/** A machine's name and folder. */
export interface MachinePlace {
    readonly name: string;
    readonly dir: string;
}
/** The error for `what` went wrong in a machine, with the end of the machine's console. */
export declare function machineError(what: string, place: MachinePlace, cause?: unknown): Promise<MachineError>;
/** The machine's part of an error message. */
export declare function consoleTailText({ name, dir }: MachinePlace): Promise<string>;
/** `thrown` as a `MachineError`; unless it is one, or the reason of `signal`, which was aborted. */
export declare function asMachineError(thrown: unknown, place: MachinePlace, signal?: AbortSignal): Promise<unknown>;
