import { join } from 'node:path';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import type { MachineExit } from '../backend/instance.ts';
import type { Context } from '../host/context.ts';
import { table } from '../host/table.ts';
import { isTerminal } from '../host/terminal.ts';
import { MachineClient } from '../machine/client/client.ts';
import { serviceLines, serviceRow } from '../machine/client/services.ts';
import { waitForServices } from '../machine/client/wait.ts';
import type { Machine } from '../machine/records/find.ts';
import { machineFiles } from '../machine/records/folder.ts';
import { attachTerminal, type ConsoleChoice } from './console-keys.ts';
import { type MonitorHandle, startMonitor } from './start-monitor.ts';

/**
 * Runs a machine with its console on the user's terminal; without a terminal the console's output is
 * streamed. Resolves when the machine has powered off, or the user has left it running. @throws KitError when
 * it fails
 */
export async function runForeground(machine: Machine, context: Context, timeoutMs: number): Promise<void> {
  const onTerminal = isTerminal(context);
  const { stdout, stderr, signal } = context;
  // A raw terminal needs \r, and the guest's cursor may be anywhere in its line.
  const notify = (text: string): void =>
    void stderr.write(onTerminal ? `\r\nkit: ${text}\r\n` : `kit: ${text}\n`);
  const monitor = await startMonitor(machine.dir, (handle) => {
    handle.on('output', (bytes) => stdout.write(bytes)).on('notice', notify);
  });
  if (onTerminal) notify(`machine "${machine.record.name}" boots; Ctrl-] leaves its console`);
  const done = new AbortController();
  const stop = (): void => monitor.send({ kind: 'stop' });
  signal.addEventListener('abort', stop, { once: true });
  const detached = Promise.withResolvers<'detached'>();
  const restore = onTerminal ? attach(monitor, context, detached.resolve, notify) : () => {};
  void showServices(machine, context, timeoutMs, done.signal, notify).catch((thrown: unknown) => {
    if (!done.signal.aborted) notify(`Cannot ask for the services: ${reasonOf(thrown)}`);
  });
  try {
    const exit = await Promise.race([exitOf(monitor), detached.promise]);
    if (exit === 'detached') leave(machine, monitor, notify);
    else throwIfFailed(machine, exit, signal);
  } finally {
    done.abort();
    restore();
    signal.removeEventListener('abort', stop);
    monitor.disconnect();
  }
}

function attach(
  monitor: MonitorHandle,
  context: Context,
  detach: (how: 'detached') => void,
  notify: (text: string) => void,
): () => void {
  const choose = (choice: ConsoleChoice): void => {
    if (choice === 'stop') notify('powering off');
    if (choice === 'detach') detach('detached');
    else monitor.send({ kind: choice });
  };
  return attachTerminal(context, (bytes) => monitor.send({ kind: 'input', bytes }), choose);
}

function exitOf(monitor: MonitorHandle): Promise<MachineExit> {
  if (monitor.exit) return Promise.resolve(monitor.exit);
  return new Promise((resolve) => monitor.once('ended', resolve));
}

function leave({ record: { name } }: Machine, monitor: MonitorHandle, notify: (text: string) => void): void {
  monitor.detach();
  const commands = `kit ps shows it, kit logs -f ${name} follows it, kit stop ${name} ends it`;
  notify(`machine "${name}" runs on: ${commands}`);
}

function throwIfFailed(
  { record: { name }, dir }: Machine,
  { state, reason }: MachineExit,
  signal: AbortSignal,
): void {
  signal.throwIfAborted();
  if (state !== 'failed') return;
  throw new KitError(`Machine "${name}" failed: ${reason}`, {
    hint: `its console is in ${join(dir, machineFiles.console)}`,
  });
}

/** Prints the services once: when all are ready, when one has failed for good, or when the time is over. */
async function showServices(
  { dir, record }: Machine,
  context: Context,
  timeoutMs: number,
  signal: AbortSignal,
  notify: (text: string) => void,
): Promise<void> {
  using client = new MachineClient(dir);
  const { outcome, status } = await waitForServices(client, timeoutMs, signal);
  if (outcome.kind === 'unanswered' || !status) {
    const reason = 'reason' in outcome ? outcome.reason : '';
    return notify(`The guest reports no services: ${reason}`);
  }
  const rows = serviceLines(status.services.map(serviceRow));
  const head = `machine "${record.name}" after ${status.uptimeS.toFixed(1)} s:`;
  const text = `${head}\n${table(rows)}`;
  const { stdout, stderr } = context;
  if (isTerminal(context)) stdout.write(`\r\n${text.replaceAll('\n', '\r\n')}`);
  else stderr.write(`kit: ${text}`);
}
