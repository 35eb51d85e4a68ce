import { getEventListeners } from 'node:events';
import { KitError, KitErrors } from '../errors/errors.ts';
import { renderError } from '../errors/render.ts';
import { fromSystemError } from '../errors/system.ts';
import { printLine } from '../log/print-line.ts';
import { type Logger, log } from './logger.ts';
import { ready } from './ready.ts';

/** What the main function of a service gets. */
export interface ServiceContext {
  /** Aborted by SIGTERM or SIGINT: finish what was begun, close what is open. */
  readonly signal: AbortSignal;
  /** Resolves then. */
  stopped(): Promise<void>;
  readonly log: Logger;
  readonly ready: () => void;
}

export interface ServiceOptions {
  /**
   * How long the service may take to stop; then it is ended, with a line that says what was still open. Stay
   * below the manifest's `stopTimeout`. Default: 8000.
   */
  readonly stopTimeoutMs?: number;
}

const signals = { SIGTERM: 15, SIGINT: 2 } as const;

/**
 * Runs the main function of a service: `await runService(async ({ signal, ready }) => …)`. It may return
 * while servers run on. A `KitError` that it throws is printed as one line, anything else with its stack;
 * both end the service with an exit status other than 0.
 */
export async function runService(
  main: (context: ServiceContext) => void | Promise<void>,
  { stopTimeoutMs = 8000 }: ServiceOptions = {},
): Promise<void> {
  const abort = new AbortController();
  const { signal } = abort;
  // Without this, a main function that only waits for the signal would leave Node nothing to wait for.
  const alive = setInterval(() => {}, 2 ** 30);
  let isDone = false;
  const stop = (number: number): void => {
    const isHeard = !signal.aborted && getEventListeners(signal, 'abort').length > 0;
    // Nobody is to finish anything; or it is the second signal, of somebody who does not want to wait.
    if (!isHeard) process.exit(128 + number);
    setTimeout(() => endLate(stopTimeoutMs, isDone), stopTimeoutMs).unref();
    abort.abort();
  };
  for (const [name, number] of Object.entries(signals)) process.on(name, () => stop(number));
  try {
    await main({ signal, log, ready, stopped: () => whenAborted(signal) });
  } catch (thrown) {
    printFailure(thrown);
    process.exitCode = thrown instanceof KitError ? thrown.exitCode : 1;
  } finally {
    isDone = true;
    clearInterval(alive);
  }
}

function whenAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** Something keeps the process alive: connections of clients, or a main function that does not return. */
function endLate(stopTimeoutMs: number, isDone: boolean): never {
  const open = [...new Set(process.getActiveResourcesInfo())].filter((name) => name !== 'Timeout');
  const why = isDone ? `still open: ${open.join(', ') || 'timers'}` : 'its main function has not returned';
  log.warn(`not stopped within ${stopTimeoutMs / 1000} s: ${why}`);
  process.exit(isDone ? (process.exitCode ?? 0) : 1);
}

/** The stack goes to standard error, as Node prints it: `kit incidents` looks for it there. */
function printFailure(thrown: unknown): void {
  const isForPeople = thrown instanceof KitError || thrown instanceof KitErrors;
  if (isForPeople) printLine(renderError(thrown), 2);
  else printStack(thrown);
}

function printStack(thrown: unknown): void {
  const system = fromSystemError(thrown);
  if (system) log.error(system.message);
  printLine(thrown instanceof Error ? (thrown.stack ?? String(thrown)) : `Error: ${String(thrown)}`, 2);
}
