import type { WaitOptions } from './wait.ts';

export interface ExecOptions extends WaitOptions {
  /** Run it in the container of this service. Default: on the machine itself. */
  readonly service?: string;
  /** Its standard input, which is empty otherwise. */
  readonly stdin?: string | Uint8Array;
}

export interface ExecResult {
  /** Its exit status; 128 + signal if a signal killed it. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CopyOptions extends Pick<WaitOptions, 'signal'> {
  /** The service whose container the path is in. Default: the machine itself. */
  readonly service?: string;
  /** If the source is a symbolic link, copy what it points to. */
  readonly follow?: boolean;
  /** Relative paths of this host start here. Default: the current folder. */
  readonly cwd?: string;
}

export interface CopyResult {
  readonly files: number;
  readonly bytes: number;
  /** Devices and FIFOs, which are not created. */
  readonly skipped: number;
}

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
