import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogLine } from '../../../lib/control/generated/control.ts';
import { KitError, reasonOf } from '../../../lib/errors/errors.ts';
import type { Context } from '../../host/context.ts';
import { visible } from '../../host/visible.ts';
import { MachineClient } from '../../machine/client/client.ts';
import { grpcReason, isUnavailable } from '../../machine/client/grpc-errors.ts';
import { type LogsOptions, logLines } from '../../machine/logs/logs.ts';
import { parseSince } from '../../machine/logs/since.ts';
import { findMachine, isLive, isRemote, type Machine, readMachine } from '../../machine/records/find.ts';
import { machineFiles } from '../../machine/records/folder.ts';
import { parse, program } from '../flags/program.ts';

interface Flags {
  readonly follow?: boolean;
  readonly tail?: string;
  readonly since?: string;
  readonly grep?: string;
  readonly ignoreCase?: boolean;
  readonly all?: boolean;
  readonly json?: boolean;
  readonly console?: boolean;
  readonly time?: boolean;
}

const examples = `
Examples:
  kit logs t1                        what the containers and the init of t1 wrote
  kit logs -f --tail 20 t1 sshd web
  kit logs --since 1h30m --grep 'error|fail' -i t1
  kit logs t1 kernel                 the kernel's log
  kit logs --console t1              what the guest wrote to its serial console

Without names containerd and the kernel are left out; --all has them, too. Times are by the guest's clock. The log is a
ring in the guest's memory, of 1 MiB a service and 16 MiB for all. On a terminal, control characters are shown as \\x1b.

When a machine has ended, or its guest does not answer, the console is shown.`;

/** `kit logs`: what services wrote. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  const command = program('logs', context)
    .description('Show what the services of a machine wrote.')
    .argument('<machine>', 'name of the machine')
    .argument('[service...]', 'of these only; also init, containerd, kernel')
    .option('-f, --follow', 'go on with new lines until Ctrl-C')
    .option('--tail <n>', 'the last n lines only; with --grep of those that match')
    .option('--since <when>', 'lines of the last 10m or 1h30m, or since a time (RFC 3339)')
    .option('--grep <regex>', "lines in which this is found (JavaScript's regular expressions)")
    .option('-i, --ignore-case', 'for --grep')
    .option('--all', 'containerd and the kernel as well')
    .option('--time', 'each line with its time')
    .option('--console', 'the serial console instead')
    .option('--json', 'one JSON object a line: {timeMs, source, stream, message, pid, sequence, missed}')
    .addHelpText('after', examples)
    .action((name: string, services: string[], flags: Flags) => logs(name, services, flags, context));
  return parse(command, args);
}

async function logs(name: string, services: string[], flags: Flags, context: Context): Promise<void> {
  const wanted = readFlags(services, flags);
  const machine = await findMachine(context.env, name);
  if (flags.console && isRemote(machine)) {
    throw new KitError(`Cannot show the console of machine "${name}": it runs elsewhere`);
  }
  if (flags.console) return showConsole(machine, wanted.tail, wanted.follow, context);
  if (!isLive(machine)) {
    if (flags.json) {
      throw new KitError(
        `Cannot show the log of machine "${name}": it has ended (${machine.record.reason})`,
        {
          hint: `kit logs --console ${name} shows what it wrote to its console`,
        },
      );
    }
    context.stderr.write(
      `kit: machine "${name}" has ended (${machine.record.reason}): this is its console\n`,
    );
    return showConsole(machine, wanted.tail, false, context);
  }
  try {
    await showLines(machine, wanted, flags, context);
  } catch (thrown) {
    // No line of the console is an object of JSON.
    if (!isUnavailable(thrown) || isRemote(machine) || flags.json)
      throw new KitError(`Cannot show the log of machine "${name}": ${grpcReason(thrown)}`, {
        cause: thrown,
      });
    context.stderr.write(`kit: the guest does not answer (${grpcReason(thrown)}): this is its console\n`);
    await showConsole(machine, wanted.tail, wanted.follow, context);
  }
}

function readFlags(services: string[], flags: Flags): LogsOptions {
  const { follow = false, all = false, tail, since, grep, ignoreCase } = flags;
  const pattern = grep === undefined ? undefined : parsePattern(grep, ignoreCase === true);
  return {
    ...{ services, follow, all, tail: parseTail(tail) },
    sinceMs: since === undefined ? 0n : BigInt(parseSince(since, Date.now())),
    matches: pattern && (({ message }) => pattern.test(message)),
  };
}

function parseTail(text: string | undefined): number {
  if (text === undefined) return 0;
  const lines = Number(text);
  if (Number.isInteger(lines) && lines > 0 && lines < 2 ** 32) return lines;
  throw new KitError(`Cannot show the last "${text}" lines: want a number above 0`, { exitCode: 2 });
}

function parsePattern(text: string, ignoreCase: boolean): RegExp {
  try {
    return new RegExp(text, ignoreCase ? 'iu' : 'u');
  } catch (thrown) {
    const reason = reasonOf(thrown).replace(/^Invalid regular expression: /, '');
    throw new KitError(`Cannot look for "${text}": ${reason}`, { cause: thrown, exitCode: 2 });
  }
}

async function showLines(
  { dir, record }: Machine,
  wanted: LogsOptions,
  flags: Flags,
  { stdout, stderr, signal }: Context,
): Promise<void> {
  using client = new MachineClient(dir);
  const alive = async (): Promise<boolean> => {
    const machine = await readMachine(dir);
    return machine !== undefined && isLive(machine);
  };
  const format = formatter(flags, wanted.services.length === 1, stdout.isTTY === true);
  for await (const line of logLines(client, wanted, alive, signal)) {
    if (!stdout.write(format(line))) await once(stdout, 'drain', { signal }).catch(() => {});
  }
  if (wanted.follow && !signal.aborted) stderr.write(`kit: machine "${record.name}" has ended\n`);
}

function formatter({ json, time }: Flags, oneSource: boolean, terminal: boolean): (line: LogLine) => string {
  if (json) return (line) => `${JSON.stringify(line, numbers)}\n`;
  const stamp = time ? ({ timeMs }: LogLine) => `${new Date(Number(timeMs)).toISOString()} ` : () => '';
  const shown = terminal ? visible : (text: string) => text;
  const source = oneSource ? () => '' : (line: LogLine) => `${line.source} | `;
  return (line) => `${stamp(line)}${source(line)}${shown(line.message)}\n`;
}

const numbers = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value);

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
