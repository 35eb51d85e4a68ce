/** A port of the host that is forwarded to one of the guest. */
export interface PublishedPort {
  /** An address of the host: `127.0.0.1`. */
  readonly host: string;
  readonly hostPort: number;
  readonly guestPort: number;
  readonly protocol: 'tcp' | 'udp';
}

/**
 * starting: the guest has not answered yet. failed: it ended by a kernel panic or a failure of its backend.
 */
export type MachineState = 'starting' | 'running' | 'stopped' | 'failed';
