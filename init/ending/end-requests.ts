import type { Ending } from '../../lib/control/init.ts';
import type { Console } from '../console.ts';

/** How the machine is to end, and who wants it. */
export interface EndRequest {
  readonly ending: Ending;
  /** `SIGTERM`, `kit stop`, `onboot metadata failed` */
  readonly by: string;
}

/** The one place where an ending is asked for. The first request counts; a second one makes the end hurry. */
export class EndRequests {
  readonly #asked = Promise.withResolvers<EndRequest>();
  readonly #ending = new AbortController();
  readonly #hurry = new AbortController();

  ask(request: EndRequest): void {
    if (this.#ending.signal.aborted) this.#hurry.abort();
    this.#ending.abort();
    this.#asked.resolve(request);
  }

  get asked(): Promise<EndRequest> {
    return this.#asked.promise;
  }

  /** Aborted from the first request on. */
  get ending(): AbortSignal {
    return this.#ending.signal;
  }

  /** Aborted from the second request on: stop waiting for anything. */
  get hurry(): AbortSignal {
    return this.#hurry.signal;
  }
}

/** What busybox's poweroff, reboot and halt send to PID 1, and what the kernel sends for Ctrl-Alt-Del. */
const signals: Readonly<Partial<Record<NodeJS.Signals, Ending>>> = {
  SIGTERM: 'reboot',
  SIGINT: 'reboot',
  SIGUSR1: 'halt',
  SIGUSR2: 'poweroff',
};

/** Takes signals for requests, and installs what keeps PID 1 alive whatever is thrown: its exit is a kernel panic. */
export function installHandlers(requests: EndRequests, console: Console): void {
  for (const name of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(name, (thrown: unknown) => {
      const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
      console.say(`bug in init, which goes on: ${text}`);
    });
  }
  for (const [name, ending] of Object.entries(signals))
    process.on(name, () => requests.ask({ ending, by: name }));
}
