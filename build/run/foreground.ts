import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import type { Ended } from '../backend/life.ts';
import type { Context } from '../host/context.ts';
import { table } from '../host/table.ts';
import { MachineClient } from '../machine/client/client.ts';
import { serviceLines, serviceRow } from '../machine/client/services.ts';
import { waitForServices } from '../machine/client/wait.ts';
import type { Machine } from '../machine/records/find.ts';
import { type MonitorHandle, startMonitor } from '../monitor/start-monitor.ts';
import { attachTerminal, type Choice, isTerminal } from './terminal.ts';

/**
 * Runs a machine with its console on the user's terminal, or, without one, just streams the console. Resolves
 * when the machine has powered off, or was left running.
 */
export async function runForeground(machine: Machine, context: Context, timeoutMs: number): Promise<void> {
  const terminal = isTerminal(context);
  const { stdout, stderr, signal } = context;
  const say = (text: string): void => void stderr.write(terminal ? `\r\nkit: ${text}\r\n` : `kit: ${text}\n`);
  const monitor = await startMonitor(machine.dir, (handle) => {
    handle.on('output', (bytes) => stdout.write(bytes)).on('line', say);
  });
  if (terminal) say(`machine "${machine.record.name}" boots; Ctrl-] leaves its console`);
  const done = new AbortController();
  const stop = (): void => monitor.tell({ kind: 'stop' });
  signal.addEventListener('abort', stop, { once: true });
  const left = Promise.withResolvers<'left'>();
  const restore = terminal ? attach(monitor, context, left.resolve, say) : () => {};
  void showServices(machine, context, timeoutMs, done.signal, say).catch((thrown: unknown) => {
    if (!done.signal.aborted) say(`Cannot ask for the services: ${reasonOf(thrown)}`);
  });
  try {
    const ended = await Promise.race([endOf(monitor), left.promise]);
    if (ended !== 'left') report(machine, ended, signal);
    else leave(machine, monitor, say);
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
  leave: (how: 'left') => void,
  say: (text: string) => void,
): () => void {
  const choose = (choice: Choice): void => {
    if (choice === 'stop') say('powering off');
    if (choice === 'detach') leave('left');
    else monitor.tell({ kind: choice });
  };
  return attachTerminal(context, (bytes) => monitor.tell({ kind: 'input', bytes }), choose);
}

function endOf(monitor: MonitorHandle): Promise<Ended> {
  if (monitor.ended) return Promise.resolve(monitor.ended);
  return new Promise((resolve) => monitor.once('ended', resolve));
}

function leave({ record: { name } }: Machine, monitor: MonitorHandle, say: (text: string) => void): void {
  monitor.detach();
  say(`machine "${name}" runs on: kit ps shows it, kit logs -f ${name} follows it, kit stop ${name} ends it`);
}

/** How the machine ended is how the command ends. */
function report({ record: { name }, dir }: Machine, { state, reason }: Ended, signal: AbortSignal): void {
  signal.throwIfAborted();
  if (state !== 'failed') return;
  throw new KitError(`Machine "${name}" failed: ${reason}`, { hint: `its console is in ${dir}/console.log` });
}

/**
 * Once all services are ready, or one will not be, says so: a line on the way to a prompt, and not a page.
 */
async function showServices(
  { dir, record }: Machine,
  { stdout, stderr, ...context }: Context,
  timeoutMs: number,
  signal: AbortSignal,
  say: (text: string) => void,
): Promise<void> {
  using client = new MachineClient(dir);
  const { outcome, status } = await waitForServices(client, timeoutMs, signal);
  if (outcome.kind === 'silent' || !status)
    return say(`The guest tells nothing about its services: ${'reason' in outcome ? outcome.reason : ''}`);
  const rows = serviceLines(status.services.map(serviceRow));
  const head = `machine "${record.name}" after ${status.uptimeS.toFixed(1)} s:`;
  const text = `${head}\n${table(rows)}`;
  if (isTerminal({ stdout, stderr, ...context })) stdout.write(`\r\n${text.replaceAll('\n', '\r\n')}`);
  else stderr.write(`kit: ${text}`);
}
