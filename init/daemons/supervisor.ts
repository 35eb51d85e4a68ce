import { guestPaths } from '../../lib/bundle/bundle.ts';
import type { ToInit, ToSupervisor } from '../../lib/control/init.ts';
import type { StepContext } from '../steps.ts';
import type { Program } from '../system/program.ts';
import { startDaemon } from './daemon.ts';
import { type ServicesStop, watchServicesStop } from './services-stop.ts';
import { supervisorCommand } from './supervisor-command.ts';

/** The supervisor as PID 1 sees it. */
export interface Supervisor {
  /** A container of onboot or onshutdown has failed, as its report says. */
  taskFailed(): void;
  /** onboot is done: services may start. */
  go(): void;
  /**
   * Has all services stopped in order. Resolves to undefined when that is done, else to the reason why it
   * will not be. `limitMs`: how long the supervisor may be silent, before its first message (no name) and
   * while it stops a service.
   */
  stop(limitMs: (service?: string) => number): Promise<string | undefined>;
  /** The running supervisor is left alone, but not started again. */
  stopRestarting(): void;
}

/** Starts the supervisor; undefined without one. `onMessage` gets its messages except those about `stop`. */
export function startSupervisor(
  { console, system }: StepContext,
  onMessage: (message: ToInit) => void,
  command: readonly string[] = supervisorCommand(guestPaths.supervisor),
): Supervisor | undefined {
  if (!system.files.has(guestPaths.supervisor)) return undefined;
  // The last message sent: repeated to each new process of the supervisor.
  let order: ToSupervisor | undefined;
  let stop: ServicesStop | undefined;
  const start = (): Program => {
    const program = system.startProgram(command, ['ignore', 'inherit', 'inherit', 'ipc']);
    program.onMessage((message) => {
      if (!stop?.handle(message as ToInit)) onMessage(message as ToInit);
    });
    void program.ended.then((end) => {
      if ('status' in end) stop?.supervisorExited();
    });
    if (order) program.send(order);
    return program;
  };
  const daemon = startDaemon('supervisor', start, console);
  const send = (message: ToSupervisor): void => {
    order = message;
    daemon.program()?.send(message);
  };
  return {
    // Not repeated to the next process, which reads the reports when it starts.
    taskFailed: () => daemon.program()?.send({ kind: 'taskFailed' } satisfies ToSupervisor),
    go: () => send({ kind: 'go' }),
    stop(limitMs) {
      stop = watchServicesStop(limitMs);
      send({ kind: 'stop' });
      return stop.done;
    },
    stopRestarting: () => daemon.stopRestarting(),
  };
}
