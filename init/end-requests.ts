import type { Ending } from '../lib/control/init.ts';
import type { BootConsole } from './system/console.ts';

/** A request to end the machine. */
export interface EndRequest {
  readonly ending: Ending;
  /** Where it comes from: `SIGTERM`, `kit stop`, `onboot metadata, which failed`. */
  readonly by: string;
}

/** Collects the requests to end the machine. The first one decides how; a second one cuts waiting short. */
export class EndRequests {
  readonly #first = Promise.withResolvers<EndRequest>();
  readonly #ending = new AbortController();
  readonly #skipWaiting = new AbortController();

  request(request: EndRequest): void {
    if (this.#ending.signal.aborted) this.#skipWaiting.abort();
    this.#ending.abort();
    this.#first.resolve(request);
  }

  get first(): Promise<EndRequest> {
    return this.#first.promise;
  }

  /** Aborted by the first request. */
  get ending(): AbortSignal {
    return this.#ending.signal;
  }

  /** Aborted by the second request: nothing is to be waited for any longer. */
  get skipWaiting(): AbortSignal {
    return this.#skipWaiting.signal;
  }
}

/**
 * The signals that busybox's poweroff, reboot and halt send to PID 1; SIGINT: the kernel's for Ctrl-Alt-Del.
 */
const signals: Readonly<Partial<Record<NodeJS.Signals, Ending>>> = {
  SIGTERM: 'reboot',
  SIGINT: 'reboot',
  SIGUSR1: 'halt',
  SIGUSR2: 'poweroff',
};

/**
 * Turns signals into requests, and logs uncaught errors instead of exiting: PID 1's exit is a kernel panic.
 */
export function installHandlers(requests: EndRequests, console: BootConsole): void {
  for (const name of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(name, (thrown: unknown) => {
      const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
      console.log(`bug in init, which continues: ${text}`);
    });
  }
  for (const [name, ending] of Object.entries(signals))
    process.on(name, () => requests.request({ ending, by: name }));
}
