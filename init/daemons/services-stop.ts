import type { ToInit } from '../../lib/control/init.ts';

/** The stop of all services, as far as the supervisor reports it. */
export interface ServicesStop {
  /** Undefined when all services have stopped, else the reason why they will not. */
  readonly done: Promise<string | undefined>;
  /** Takes a message of the supervisor; false if it is about something else. */
  handle(message: ToInit): boolean;
  /** One exit is tolerated: the next process of the supervisor continues the stop. */
  supervisorExited(): void;
}

/**
 * Follows the stop of all services. `limitMs`: how long the supervisor may be silent, see `Supervisor.stop`.
 */
export function watchServicesStop(limitMs: (service?: string) => number): ServicesStop {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  let timer: NodeJS.Timeout | undefined;
  let exits = 0;
  const wait = (reason: string, service?: string): void => {
    clearTimeout(timer);
    timer = setTimeout(() => resolve(reason), limitMs(service));
  };
  wait('the supervisor does not answer');
  return {
    done: promise.finally(() => clearTimeout(timer)),
    handle(message) {
      if (message.kind === 'stopping')
        wait(`the supervisor hangs while it stops "${message.name}"`, message.name);
      if (message.kind === 'stopped') resolve(undefined);
      return message.kind === 'stopping' || message.kind === 'stopped';
    },
    supervisorExited() {
      exits += 1;
      if (exits > 1) resolve('the supervisor keeps exiting');
      else wait('the supervisor exited, and its successor does not answer');
    },
  };
}
