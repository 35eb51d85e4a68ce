import { KitError } from '../../lib/errors/errors.ts';
import type { MachineExit } from '../backend/instance.ts';
import type { Context } from '../host/context.ts';
import { MachineClient } from '../machine/client/client.ts';
import { failureText } from '../machine/client/readiness.ts';
import { notReadyText, type WaitResult, waitForServices } from '../machine/client/wait.ts';
import { consoleTail } from '../machine/records/console-tail.ts';
import type { Machine } from '../machine/records/find.ts';
import type { Work } from '../work.ts';
import { type MonitorHandle, startMonitor } from './start-monitor.ts';

/**
 * Starts a machine that outlives this command, and resolves when all its services are ready.
 * @throws KitError with the services that are not ready, and why; or with how the machine ended
 */
export async function runDetached(
  machine: Machine,
  context: Context,
  work: Work,
  timeoutMs: number,
): Promise<void> {
  const { name } = machine.record;
  const ended = new AbortController();
  const monitor = await startMonitor(machine.dir, (handle) => {
    handle.on('notice', (text) => work.progress.line(text)).on('ended', (exit) => ended.abort(exit));
  });
  monitor.detach();
  try {
    const result = await work.progress.task(`Boot machine ${name}`, () =>
      wait(machine, monitor, context, ended.signal, timeoutMs),
    );
    await report(machine, result, timeoutMs, work);
  } finally {
    monitor.disconnect();
  }
}

async function wait(
  machine: Machine,
  monitor: MonitorHandle,
  { signal }: Context,
  ended: AbortSignal,
  timeoutMs: number,
): Promise<WaitResult> {
  using client = new MachineClient(machine.dir);
  try {
    return await waitForServices(client, timeoutMs, AbortSignal.any([signal, ended]));
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

/** Prints failed onboot containers. @throws KitError unless all services are ready */
async function report(
  { dir, record: { name } }: Machine,
  { outcome, status }: WaitResult,
  timeoutMs: number,
  work: Work,
): Promise<void> {
  for (const service of status?.services ?? []) {
    if (service.section === 'onboot' && service.state === 'failed') work.progress.line(failureText(service));
  }
  if (outcome.kind === 'ready') return;
  const why = notReadyText(outcome, timeoutMs);
  const command =
    outcome.kind === 'failed' ? `kit incidents ${name} shows what failed` : `kit logs ${name} tells more`;
  throw new KitError(`Machine "${name}" is not ready: ${why}${await consoleTail(dir)}`, {
    hint: `it runs on; ${command}, kit stop ${name} ends it`,
  });
}
