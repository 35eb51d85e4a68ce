import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogLine } from '../../lib/control/generated/control.ts';
import { KitError } from '../../lib/errors/errors.ts';
import type { Context } from '../context.ts';
import { grpcReason, isNotFound, isSilent, MachineClient } from '../machine/client.ts';
import { findMachine, isLive, type Machine, readMachine } from '../machine/find.ts';
import { machineFiles } from '../machine/folder.ts';
import { logLines } from '../machine/logs.ts';
import { parse, program } from './program.ts';

interface Flags {
  readonly follow?: boolean;
  readonly tail?: string;
  readonly json?: boolean;
  readonly console?: boolean;
  readonly time?: boolean;
}

const examples = `
Examples:
  kit logs t1                  everything the services of t1 wrote
  kit logs -f --tail 20 t1 sshd
  kit logs --console t1        what the guest wrote to its serial console

When a machine has ended, or its guest does not answer, the console is shown.`;

/** `kit logs`: what services wrote. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  const command = program('logs', context)
    .description('Show what the services of a machine wrote.')
    .argument('<machine>', 'name of the machine')
    .argument('[service]', 'one service only')
    .option('-f, --follow', 'go on with new lines until Ctrl-C')
    .option('--tail <n>', 'the last n lines only')
    .option('--time', 'each line with its time')
    .option('--console', 'the serial console instead')
    .option('--json', 'one JSON object a line: {timeMs, source, stream, message}')
    .addHelpText('after', examples)
    .action((name: string, service: string | undefined, flags: Flags) => logs(name, service, flags, context));
  return parse(command, args);
}

async function logs(name: string, service = '', flags: Flags, context: Context): Promise<void> {
  const tail = parseTail(flags.tail);
  const machine = await findMachine(context.env, name);
  if (flags.console) return showConsole(machine, tail, flags.follow === true, context);
  if (!isLive(machine)) {
    context.stderr.write(
      `kit: machine "${name}" has ended (${machine.record.reason}): this is its console\n`,
    );
    return showConsole(machine, tail, false, context);
  }
  try {
    await showLines(machine, { service, follow: flags.follow === true, tail }, flags, context);
  } catch (thrown) {
    if (isNotFound(thrown))
      throw new KitError(`Cannot show the log of "${service}": ${grpcReason(thrown)}`, { cause: thrown });
    if (!isSilent(thrown))
      throw new KitError(`Cannot show the log: ${grpcReason(thrown)}`, { cause: thrown });
    context.stderr.write(`kit: the guest does not answer (${grpcReason(thrown)}): this is its console\n`);
    await showConsole(machine, tail, flags.follow === true, context);
  }
}

function parseTail(text: string | undefined): number {
  if (text === undefined) return 0;
  const lines = Number(text);
  if (Number.isInteger(lines) && lines > 0 && lines < 2 ** 32) return lines;
  throw new KitError(`Cannot show the last "${text}" lines: want a number above 0`, { exitCode: 2 });
}

async function showLines(
  { dir }: Machine,
  wanted: Parameters<typeof logLines>[1],
  flags: Flags,
  { stdout, signal }: Context,
): Promise<void> {
  using client = new MachineClient(dir);
  const alive = async (): Promise<boolean> => {
    const machine = await readMachine(dir);
    return machine !== undefined && isLive(machine);
  };
  const format = formatter(flags, wanted.service);
  for await (const line of logLines(client, wanted, alive, signal)) {
    if (!stdout.write(format(line))) await once(stdout, 'drain', { signal }).catch(() => {});
  }
}

function formatter({ json, time }: Flags, service: string): (line: LogLine) => string {
  if (json) return (line) => `${JSON.stringify({ ...line, timeMs: Number(line.timeMs) })}\n`;
  const stamp = time ? ({ timeMs }: LogLine) => `${new Date(Number(timeMs)).toISOString()} ` : () => '';
  if (service) return (line) => `${stamp(line)}${line.message}\n`;
  return (line) => `${stamp(line)}${line.source} | ${line.message}\n`;
}

/** The last lines of the console's log; following goes on until the machine has ended. */
async function showConsole(
  { dir }: Machine,
  tail: number,
  follow: boolean,
  { stdout, signal }: Context,
): Promise<void> {
  const path = join(dir, machineFiles.console);
  let bytes = await readFile(path).catch(() => Buffer.alloc(0));
  stdout.write(lastLines(bytes, tail));
  let read = bytes.length;
  while (follow && !signal.aborted) {
    const machine = await readMachine(dir);
    bytes = Buffer.concat(await Array.fromAsync(createReadStream(path, { start: read })));
    stdout.write(bytes);
    read += bytes.length;
    if (!machine || !isLive(machine)) return;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

function lastLines(bytes: Buffer, tail: number): Buffer {
  if (tail === 0) return bytes;
  let at = bytes.length - 1;
  for (let lines = 0; lines < tail && at > 0; lines += 1) at = bytes.lastIndexOf('\n', at - 1);
  return bytes.subarray(at > 0 ? at + 1 : 0);
}
