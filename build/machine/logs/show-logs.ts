import { once } from 'node:events';
import type { LogLine } from '../../../lib/control/generated/control.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { jsonLine, visible } from '../../../lib/errors/visible.ts';
import { visibleTime } from '../../../lib/errors/visible-time.ts';
import { fieldsOf, type LogFields } from '../../../lib/log/fields.ts';
import { isLevel } from '../../../lib/log/level.ts';
import { printNotice } from '../../cli/print-result.ts';
import type { Context } from '../../host/context.ts';
import { MachineClient } from '../client/client.ts';
import { grpcReason, isUnavailable } from '../client/grpc-errors.ts';
import { isLive, isRemote, type Machine, readMachine } from '../records/find.ts';
import { type LogsOptions, logLines } from './logs.ts';
import { showConsole } from './show-console.ts';

export interface LogFormat {
  readonly json?: boolean;
  /** Starts each line with its time. */
  readonly time?: boolean;
}

/**
 * Prints the log of a machine. Prints its console log instead if the machine has ended, or its guest does not
 * respond, unless `json` is set: lines of the console are not JSON.
 * @throws KitError
 */
export async function showLogs(
  machine: Machine,
  options: LogsOptions,
  format: LogFormat,
  context: Context,
): Promise<void> {
  const { name, reason } = machine.record;
  if (!isLive(machine)) {
    if (format.json) {
      throw new KitError(`Cannot show the log of machine "${name}": it has ended (${reason})`, {
        hint: `kit logs --console ${name} shows its console`,
      });
    }
    printNotice(context, `machine "${name}" has ended (${reason}); showing its console`);
    return showConsole(machine, { tail: options.tail, follow: false }, context);
  }
  try {
    await showLines(machine, options, format, context);
  } catch (thrown) {
    if (!isUnavailable(thrown) || isRemote(machine) || format.json)
      throw new KitError(`Cannot show the log of machine "${name}": ${grpcReason(thrown)}`, {
        cause: thrown,
      });
    printNotice(context, `the guest does not respond (${grpcReason(thrown)}); showing the console`);
    await showConsole(machine, options, context);
  }
}

async function showLines(
  { dir, record }: Machine,
  options: LogsOptions,
  format: LogFormat,
  { stdout, stderr, signal }: Context,
): Promise<void> {
  using client = new MachineClient(dir);
  const alive = async (): Promise<boolean> => {
    const machine = await readMachine(dir);
    return machine !== undefined && isLive(machine);
  };
  const lineText = formatter(format, options.services.length === 1, stdout.isTTY === true);
  for await (const line of logLines(client, options, alive, signal)) {
    if (!stdout.write(lineText(line))) await once(stdout, 'drain', { signal }).catch(() => {});
  }
  if (options.follow && !signal.aborted) printNotice({ stderr }, `machine "${record.name}" has ended`);
}

function formatter(
  { json, time }: LogFormat,
  oneSource: boolean,
  terminal: boolean,
): (line: LogLine) => string {
  if (json) return (line) => jsonLine(withFields(line));
  const stamp = time ? ({ timeMs }: LogLine) => `${visibleTime(timeMs)} ` : () => '';
  const shown = terminal ? visible : (text: string) => text;
  const source = oneSource ? () => '' : (line: LogLine) => `${visible(line.source)} | `;
  return (line) => `${stamp(line)}${source(line)}${shown(line.message)}\n`;
}

/** Adds the fields of a line that a service's logger has written. */
function withFields(line: LogLine): LogLine & { readonly fields?: LogFields } {
  const found = isLevel(line.stream) ? fieldsOf(line.message) : undefined;
  return found ? { ...line, fields: found.fields } : line;
}
