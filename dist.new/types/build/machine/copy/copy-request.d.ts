/** The source or the target of `kit cp`. */
export type CopyEndpoint = MachineEndpoint | HostEndpoint;
export interface MachineEndpoint {
    readonly kind: 'machine';
    readonly machine: string;
    /** Empty: the machine itself. */
    readonly service: string;
    /** Absolute. */
    readonly path: string;
}
export type HostEndpoint = {
    readonly kind: 'host';
    readonly path: string;
}
/** A tar archive on standard input or output. */
 | {
    readonly kind: 'stream';
};
/** A copy between this host and a machine. */
export type CopyRequest = {
    readonly direction: 'upload';
    readonly from: HostEndpoint;
    readonly to: MachineEndpoint;
} | {
    readonly direction: 'download';
    readonly from: MachineEndpoint;
    readonly to: HostEndpoint;
};
/** @throws KitError unless exactly one of the two is in a machine */
export declare function parseCopyRequest(source: string, target: string): CopyRequest;
/**
 * `M:SERVICE:/path` and `M:/path` are in a machine, `-` is a stream, anything else is a path of this host;
 * one that contains a colon needs a folder before it: `./a:b`. Paths in a machine start at its root, with or
 * without the slash.
 */
export declare function parseEndpoint(text: string): CopyEndpoint;
