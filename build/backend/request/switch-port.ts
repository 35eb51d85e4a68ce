/** A further network card of a machine, plugged into a switch on this host. */
export interface SwitchPort {
  /** Absolute path of the unix socket on which the switch takes Ethernet frames (build/cluster/network). */
  readonly socket: string;
  /** `52:54:00:12:34:56` */
  readonly mac: string;
}
