import type { ChildProcess } from 'node:child_process';
import { guestPaths } from '../../lib/bundle/bundle.ts';
import type { ToInit, ToSupervisor } from '../../lib/control/init.ts';
import { LogWriter } from '../../lib/log/writer.ts';
import { machineLogs } from '../logs.ts';
import type { Machine } from '../steps.ts';
import { keepOutput } from '../tasks/output.ts';
import { endOf, startProgram } from '../tasks/program.ts';
import { type Kept, keepRunning } from './keeper.ts';
import { supervisorCommand } from './supervisor-command.ts';

const containerd = '/usr/bin/containerd';

/** Keeps containerd running, its messages in its log; undefined if the image has none. */
export function startContainerd({ console, kernel }: Machine): Kept | undefined {
  if (!kernel.files.has(containerd)) return undefined;
  const log = new LogWriter(machineLogs, 'containerd');
  return keepRunning(
    'containerd',
    () => {
      const child = startProgram([containerd], { stdio: ['ignore', 'pipe', 'pipe'] });
      void keepOutput(child, endOf(child), log);
      return child;
    },
    console,
  );
}

/** The supervisor as PID 1 sees it. */
export interface Supervisor {
  /** Onboot is over: it may start services. Told to every later process of it as well. */
  go(): void;
  /**
   * Has every service stopped in order; resolves when that is done, else to why it will not be. `limitMs`: how long it may
   * say nothing, before its first word (no name) and while it stops a service.
   */
  stop(limitMs: (service?: string) => number): Promise<string | undefined>;
  release(): void;
}

/** Keeps the supervisor running; undefined if the image has none. `hear` gets what it says, but for its stopping. */
export function startSupervisor(
  { console, kernel }: Machine,
  hear: (message: ToInit) => void,
  command: readonly string[] = supervisorCommand(guestPaths.supervisor),
): Supervisor | undefined {
  if (!kernel.files.has(guestPaths.supervisor)) return undefined;
  let order: ToSupervisor | undefined;
  let stop: Stop | undefined;
  const start = (): ChildProcess => {
    const child = startProgram(command, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child.on('message', (message: ToInit) => (stop?.hear(message) ? undefined : hear(message)));
    child.once('exit', () => stop?.lost());
    if (order) tell(child, order);
    return child;
  };
  const kept = keepRunning('supervisor', start, console);
  const say = (message: ToSupervisor): void => {
    order = message;
    tell(kept.child(), message);
  };
  return {
    go: () => say({ kind: 'go' }),
    stop(limitMs) {
      stop = awaitStop(limitMs);
      say({ kind: 'stop' });
      return stop.done;
    },
    release: () => kept.release(),
  };
}

/** The stopping of all services, as far as it is heard of. */
interface Stop {
  readonly done: Promise<string | undefined>;
  /** True: it was about the stopping. */
  hear(message: ToInit): boolean;
  /** The supervisor has ended. The next one goes on with it, and only that. */
  lost(): void;
}

function awaitStop(limitMs: (service?: string) => number): Stop {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  let timer: NodeJS.Timeout | undefined;
  let deaths = 0;
  const wait = (why: string, service?: string): void => {
    clearTimeout(timer);
    timer = setTimeout(() => resolve(why), limitMs(service));
  };
  wait('the supervisor does not answer');
  return {
    done: promise.finally(() => clearTimeout(timer)),
    hear(message) {
      if (message.kind === 'stopping')
        wait(`the supervisor hangs while it stops "${message.name}"`, message.name);
      if (message.kind === 'stopped') resolve(undefined);
      return message.kind === 'stopping' || message.kind === 'stopped';
    },
    lost() {
      deaths += 1;
      if (deaths > 1) resolve('the supervisor does not live');
      else wait('the supervisor has ended, and a new one does not answer');
    },
  };
}

/** False: there is nobody to tell. */
function tell(child: ChildProcess | undefined, message: ToSupervisor): boolean {
  if (!child?.connected) return false;
  // It may die while we speak; its exit tells us then.
  child.send(message, () => {});
  return true;
}
