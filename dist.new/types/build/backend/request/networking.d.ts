/** A machine's network; `user` is a private one with DHCP, DNS and NAT, which needs no privileges. */
export type Networking = {
    readonly kind: 'user';
} | {
    readonly kind: 'none';
} | {
    readonly kind: 'tap';
    readonly interface: string;
} | {
    readonly kind: 'bridge';
    readonly bridge: string;
    readonly helper: string;
};
/** Reads LinuxKit's `user`, `none`, `tap,INTERFACE` and `bridge,BRIDGE`. */
export declare function parseNetworking(text: string, publishes: boolean): Networking;
