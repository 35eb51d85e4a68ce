export interface ForwardOptions {
    /** Port of this host. Default: any that is free. */
    readonly localPort?: number;
    /** Address of this host to listen on. Default: 127.0.0.1. */
    readonly localAddress?: string;
}
/**
 * A port of this host that leads into a machine. Disposing closes it; so does the end of the machine's scope.
 */
export interface Forward extends AsyncDisposable {
    /** `127.0.0.1` */
    readonly address: string;
    readonly port: number;
    /** `http://127.0.0.1:43210` */
    readonly url: string;
    /** Why the last connection was broken off; undefined if none was. */
    readonly failure: Error | undefined;
}
/** Opens a port whose connections go to a port in a machine, also after a reboot. @throws KitError */
export declare function openForward(dir: string, service: string, servicePort: number, { localPort, localAddress }: ForwardOptions): Promise<Forward>;
