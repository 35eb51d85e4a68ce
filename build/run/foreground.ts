import { join } from 'node:path';
import type { StatusReply } from '../../lib/control/generated/control.ts';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import { visible, visibleText } from '../../lib/errors/visible.ts';
import type { MachineExit } from '../backend/instance.ts';
import type { Context } from '../host/context.ts';
import { table } from '../host/table.ts';
import { isTerminal } from '../host/terminal.ts';
import { MachineClient } from '../machine/client/client.ts';
import { failedTasks, failureText } from '../machine/client/readiness.ts';
import { serviceLines, serviceRow } from '../machine/client/services.ts';
import { waitForServices } from '../machine/client/wait.ts';
import { attachTerminal, type ConsoleChoice } from '../machine/console/console-keys.ts';
import type { Machine } from '../machine/records/find.ts';
import { machineFiles } from '../machine/records/folder.ts';
import { type MonitorHandle, startMonitor } from './start-monitor.ts';

export interface ForegroundOptions {
  /** For the services to become ready, in milliseconds; then they are shown as they are. */
  readonly timeoutMs: number;
  /** A failed container of onboot is no failure of the machine. */
  readonly allowFailed: boolean;
}

/**
 * Runs a machine with its console on the user's terminal; without a terminal the console's output is
 * streamed. Resolves when the machine has powered off, or the user has left it running. @throws KitError when
 * it fails, or a container of onboot has failed
 */
export async function runForeground(
  machine: Machine,
  context: Context,
  { timeoutMs, allowFailed }: ForegroundOptions,
): Promise<void> {
  const onTerminal = isTerminal(context);
  const { stdout, stderr, signal } = context;
  // A raw terminal needs \r, and the guest's cursor may be anywhere in its line.
  const notify = (text: string): void =>
    void stderr.write(onTerminal ? `\r\nkit: ${visible(text)}\r\n` : `kit: ${visible(text)}\n`);
  const monitor = await startMonitor(machine.dir, (handle) => {
    handle.on('output', (bytes) => stdout.write(bytes)).on('notice', notify);
  });
  if (onTerminal) notify(`machine "${machine.record.name}" boots; Ctrl-] leaves its console`);
  const done = new AbortController();
  const stop = (): void => monitor.send({ kind: 'stop' });
  signal.addEventListener('abort', stop, { once: true });
  const detached = Promise.withResolvers<'detached'>();
  const restore = onTerminal ? attach(monitor, context, detached.resolve, notify) : () => {};
  const seen: Seen = { status: undefined };
  void showServices(machine, context, timeoutMs, done.signal, seen, notify).catch((thrown: unknown) => {
    if (!done.signal.aborted) notify(`Cannot ask for the services: ${reasonOf(thrown)}`);
  });
  try {
    const exit = await Promise.race([exitOf(monitor), detached.promise]);
    if (exit === 'detached') leave(machine, monitor, notify);
    else throwIfFailed(machine, exit, allowFailed ? undefined : seen.status, signal);
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
  status: StatusReply | undefined,
  signal: AbortSignal,
): void {
  signal.throwIfAborted();
  const hint = `its console is in ${join(dir, machineFiles.console)}`;
  if (state === 'failed') throw new KitError(`Machine "${name}" failed: ${reason}`, { hint });
  const failures = status ? failedTasks(status).map(failureText) : [];
  if (failures.length > 0) {
    throw new KitError(`Machine "${name}" has ended (${reason}), and ${failures.join('; ')}`, {
      hint: `${hint}; --allow-failed accepts failures`,
    });
  }
}

/** The guest's last answer, for when it can no longer be asked. */
interface Seen {
  status: StatusReply | undefined;
}

/** Prints the services once: when all are ready, when one has failed for good, or when the time is over. */
async function showServices(
  { dir, record }: Machine,
  context: Context,
  timeoutMs: number,
  signal: AbortSignal,
  seen: Seen,
  notify: (text: string) => void,
): Promise<void> {
  using client = new MachineClient(dir);
  const onStatus = (status: StatusReply): void => {
    seen.status = status;
  };
  const options = { hasConsole: isTerminal(context), onStatus };
  const { outcome, status } = await waitForServices(client, timeoutMs, signal, options);
  if (outcome.kind === 'unanswered' || !status) {
    const reason = 'reason' in outcome ? outcome.reason : '';
    return notify(`The guest reports no services: ${reason}`);
  }
  const rows = serviceLines(status.services.map(serviceRow));
  const head = `machine "${record.name}" after ${status.uptimeS.toFixed(1)} s:`;
  const text = visibleText(`${head}\n${table(rows)}`);
  const { stdout, stderr } = context;
  if (isTerminal(context)) stdout.write(`\r\n${text.replaceAll('\n', '\r\n')}`);
  else stderr.write(`kit: ${text}`);
}
