import { KitError } from '../../lib/errors/errors.ts';
import type { MachineExit } from '../backend/instance.ts';
import type { Context } from '../host/context.ts';
import { MachineClient } from '../machine/client/client.ts';
import { allFailures, failureText } from '../machine/client/readiness.ts';
import { notReadyText, type WaitOptions, type WaitResult, waitForServices } from '../machine/client/wait.ts';
import { consoleTail } from '../machine/records/console-tail.ts';
import type { Machine } from '../machine/records/find.ts';
import { isAlive } from '../machine/records/process.ts';
import type { Work } from '../work.ts';
import { type MonitorHandle, startMonitor } from './start-monitor.ts';

export interface DetachedOptions extends Pick<WaitOptions, 'allowFailed'> {
  /** How long the services may take, in milliseconds. */
  readonly timeoutMs: number;
}

const aliveMs = 500;

/**
 * Resolves when all services of a machine that runs already are ready. @throws KitError as `runDetached`
 * does
 */
export async function awaitReady(
  machine: Machine,
  { signal }: Context,
  work: Work,
  options: DetachedOptions,
): Promise<void> {
  const { owner, name } = machine.record;
  const gone = new AbortController();
  const timer = setInterval(() => isAlive(owner) || gone.abort(), aliveMs);
  using client = new MachineClient(machine.dir);
  try {
    const ended = AbortSignal.any([signal, gone.signal]);
    await report(machine, await waitForServices(client, options.timeoutMs, ended, options), options, work);
  } catch (thrown) {
    signal.throwIfAborted();
    if (!gone.signal.aborted) throw thrown;
    throw new KitError(`Machine "${name}" ended before its services were ready`, {
      hint: `kit logs ${name} shows its whole console`,
    });
  } finally {
    clearInterval(timer);
  }
}

/**
 * Starts a machine that outlives this command, and resolves when all its services are ready.
 * @throws KitError with what has failed or is not ready, and why; or with how the machine ended
 */
export async function runDetached(
  machine: Machine,
  context: Context,
  work: Work,
  options: DetachedOptions,
): Promise<void> {
  const { name } = machine.record;
  const ended = new AbortController();
  const monitor = await startMonitor(machine.dir, (handle) => {
    handle.on('notice', (text) => work.progress.line(text)).on('ended', (exit) => ended.abort(exit));
  });
  monitor.detach();
  try {
    const result = await work.progress.task(`Boot machine ${name}`, () =>
      wait(machine, monitor, context, ended.signal, options),
    );
    await report(machine, result, options, work);
  } finally {
    monitor.disconnect();
  }
}

async function wait(
  machine: Machine,
  monitor: MonitorHandle,
  { signal }: Context,
  ended: AbortSignal,
  { timeoutMs, allowFailed }: DetachedOptions,
): Promise<WaitResult> {
  using client = new MachineClient(machine.dir);
  try {
    return await waitForServices(client, timeoutMs, AbortSignal.any([signal, ended]), { allowFailed });
  } catch (thrown) {
    if (monitor.exit) throw await endedError(machine, monitor.exit);
    if (!signal.aborted) throw thrown;
    throw new KitError('Interrupted', {
      hint: `machine "${machine.record.name}" runs on; kit stop ${machine.record.name} ends it`,
    });
  }
}

async function endedError({ dir, record: { name } }: Machine, { reason }: MachineExit): Promise<KitError> {
  const tail = await consoleTail(dir);
  return new KitError(`Machine "${name}" ended before its services were ready: ${reason}${tail}`, {
    hint: `kit logs ${name} shows its whole console`,
  });
}

/** Prints failures that --allow-failed allows. @throws KitError unless the machine is ready */
async function report(
  { dir, record: { name } }: Machine,
  { outcome, status }: WaitResult,
  { timeoutMs }: DetachedOptions,
  work: Work,
): Promise<void> {
  if (outcome.kind === 'ready') {
    for (const failure of status ? allFailures(status) : []) work.progress.line(failureText(failure));
    return;
  }
  const why = notReadyText(outcome, timeoutMs);
  throw new KitError(`Machine "${name}" is not ready: ${why}${await consoleTail(dir)}`, {
    hint: `it runs on; ${adviceFor(name, outcome, status)}, kit stop ${name} ends it`,
  });
}

function adviceFor(name: string, outcome: WaitResult['outcome'], status: WaitResult['status']): string {
  if (status?.services.some(({ state }) => state === 'shell')) return `kit console ${name} opens the shell`;
  if (outcome.kind !== 'failed') return `kit logs ${name} tells more`;
  return `kit incidents ${name} shows what failed, --allow-failed accepts it`;
}
