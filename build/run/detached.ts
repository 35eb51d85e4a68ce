import { KitError } from '../../lib/errors/errors.ts';
import type { Ended } from '../backend/life.ts';
import type { Context } from '../host/context.ts';
import { MachineClient } from '../machine/client/client.ts';
import { failureText } from '../machine/client/services.ts';
import { notReadyText, type Waited, waitForServices } from '../machine/client/wait.ts';
import type { Machine } from '../machine/records/find.ts';
import { lastWords } from '../machine/records/last-words.ts';
import { type MonitorHandle, startMonitor } from '../monitor/start-monitor.ts';
import type { Work } from '../work/work.ts';

/**
 * Starts a machine that runs on by itself, and resolves when every service in it is ready.
 * @throws KitError naming the services that are not ready, and why; or how the machine ended
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
    handle.on('line', (text) => work.progress.line(text)).on('ended', (how) => ended.abort(how));
  });
  monitor.detach();
  try {
    const waited = await work.progress.task(`Boot machine ${name}`, () =>
      wait(machine, monitor, context, ended.signal, timeoutMs),
    );
    await judge(machine, waited, timeoutMs, work);
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
): Promise<Waited> {
  using client = new MachineClient(machine.dir);
  try {
    return await waitForServices(client, timeoutMs, AbortSignal.any([signal, ended]));
  } catch (thrown) {
    if (monitor.ended) throw await endedError(machine, monitor.ended);
    if (!signal.aborted) throw thrown;
    throw new KitError('Interrupted', {
      hint: `machine "${machine.record.name}" runs on; kit stop ${machine.record.name} ends it`,
    });
  }
}

async function endedError({ dir, record: { name } }: Machine, { reason }: Ended): Promise<KitError> {
  return new KitError(
    `Machine "${name}" ended before its services were ready: ${reason}${await lastWords(dir)}`,
    {
      hint: `kit logs ${name} shows its whole console`,
    },
  );
}

async function judge(
  { dir, record: { name } }: Machine,
  { outcome, status }: Waited,
  timeoutMs: number,
  work: Work,
): Promise<void> {
  for (const service of status?.services ?? []) {
    if (service.section === 'onboot' && service.state === 'failed') work.progress.line(failureText(service));
  }
  if (outcome.kind === 'ready') return;
  const why = notReadyText(outcome, timeoutMs);
  const more =
    outcome.kind === 'failed' ? `kit incidents ${name} shows what failed` : `kit logs ${name} tells more`;
  throw new KitError(`Machine "${name}" is not ready: ${why}${await lastWords(dir)}`, {
    hint: `it runs on; ${more}, kit stop ${name} ends it`,
  });
}
