import type { ChildProcess } from 'node:child_process';
import { guestPaths } from '../lib/bundle/bundle.ts';
import type { ToInit, ToSupervisor } from '../lib/control/init.ts';
import { LogWriter } from '../lib/log/writer.ts';
import { type Kept, keepRunning } from './keeper.ts';
import { keepOutput } from './output.ts';
import { endOf, startProgram } from './program.ts';
import type { Machine } from './steps.ts';

const containerd = '/usr/bin/containerd';
const supervisor = [
  process.execPath,
  '--disable-warning=ExperimentalWarning',
  '--enable-source-maps',
  // MiB. What it allocates is short-lived and little; the default keeps up to 16 of it around.
  '--max-semi-space-size=1',
  // It speaks no TLS, which HTTP/2 brings along all the same: without this Node reads 140 certificates, 15 ms of CPU.
  '--use-openssl-ca',
  guestPaths.supervisor,
];

/** Keeps containerd running, its messages in /run/log/containerd.jsonl; undefined if the image has none. */
export function startContainerd({ console, kernel }: Machine): Kept | undefined {
  if (!kernel.files.has(containerd)) return undefined;
  const log = new LogWriter(guestPaths.logs, 'containerd');
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
  /** Has every service stopped in order; resolves when that is done, when it dies, or after `limitMs`. */
  stop(limitMs: number): Promise<void>;
  release(): void;
}

/** Keeps the supervisor running; undefined if the image has none. `hear` gets what it says, but for `stopped`. */
export function startSupervisor(
  { console, kernel }: Machine,
  hear: (message: ToInit) => void,
  command: readonly string[] = supervisor,
): Supervisor | undefined {
  if (!kernel.files.has(guestPaths.supervisor)) return undefined;
  let going = false;
  let stopped = (): void => {};
  const start = (): ChildProcess => {
    const child = startProgram(command, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child.on('message', (message: ToInit) => (message.kind === 'stopped' ? stopped() : hear(message)));
    child.once('exit', () => stopped());
    if (going) tell(child, { kind: 'go' });
    return child;
  };
  const kept = keepRunning('supervisor', start, console);
  return {
    go() {
      going = true;
      tell(kept.child(), { kind: 'go' });
    },
    stop: (limitMs) =>
      new Promise((resolve) => {
        stopped = resolve;
        setTimeout(resolve, limitMs);
        if (!tell(kept.child(), { kind: 'stop' })) resolve();
      }),
    release: () => kept.release(),
  };
}

/** False: there is nobody to tell. */
function tell(child: ChildProcess | undefined, message: ToSupervisor): boolean {
  if (!child?.connected) return false;
  // It may die while we speak; its exit tells us then.
  child.send(message, () => {});
  return true;
}
