import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { KitError } from '../../../lib/errors/errors.ts';
import type { Context } from '../../host/context.ts';
import { MachineClient } from '../../machine/client/client.ts';
import { devtoolsUrl, vscodeConfiguration } from '../../machine/debug/addresses.ts';
import { openDebugger } from '../../machine/debug/open.ts';
import { parse, program } from '../flags/program.ts';
import { runningMachine } from '../flags/service.ts';

interface Flags {
  readonly port: string;
  readonly break?: boolean;
  readonly time: string;
  readonly source: readonly string[];
  readonly json?: boolean;
}

const examples = `
Examples:
  kit debug t1 web                       let Chrome or VS Code into the service "web", on port 9229 of this host
  kit debug --break t1 web               restart it first, to stop before its first line
  kit debug --port 0 --json t1 web       on any free port, told as JSON
  kit debug --source ~/src/web t1 web    its sources lie there

With --break the service waits until a debugger attaches, for as long as kit debug runs. Ctrl-C ends it, and the service
goes on. No port is open in the machine.`;

/** `kit debug`: the inspector of a service on this host's localhost. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];
  const command = program('debug', context)
    .description('Attach a debugger to a TypeScript service in a running machine.')
    .argument('<machine>', 'name of the machine')
    .argument('<service>', 'name of the service')
    .option('-p, --port <port>', 'port of 127.0.0.1 for the debugger; 0 for any', '9229')
    .option('--break', 'restart the service, stopped before its first line')
    .option('--time <minutes>', 'how long it stays open', '60')
    .option('--source <folder>', "where the package's sources lie; may be given several times", collect, [])
    .option('--json', 'print the address as JSON')
    .addHelpText('after', examples)
    .action((name: string, service: string, flags: Flags) => debug(name, service, flags, context));
  return parse(command, args);
}

async function debug(name: string, service: string, flags: Flags, context: Context): Promise<void> {
  const port = wholeNumber(flags.port, 0, 65_535, 'a port');
  const minutes = wholeNumber(flags.time, 1, 24 * 60, 'minutes');
  const machine = await runningMachine(name, context);
  using client = new MachineClient(machine.dir);
  const folders = [...flags.source.map((folder) => resolve(context.cwd, folder)), context.cwd];
  const wanted = { machine: name, service, port, stopped: flags.break === true, folders };
  await using server = await openDebugger(client, wanted);
  context.stdout.write(
    flags.json ? `${JSON.stringify(addresses(server))}\n` : instructions(server, minutes, wanted.stopped),
  );
  await Promise.race([
    server.ended,
    sleep(minutes * 60_000, undefined, { signal: context.signal, ref: false }).catch(() => {}),
  ]);
}

interface Open {
  readonly title: string;
  readonly url: string;
  readonly port: number;
}

function addresses({ title, url, port }: Open): object {
  return { url, port, devtools: devtoolsUrl(url), vscode: vscodeConfiguration(title, port) };
}

function instructions(server: Open, minutes: number, stopped: boolean): string {
  const waits =
    'The service waits at its start: it stops before its first line as soon as a debugger attaches.\n';
  return `Debugger listening on ${server.url}

Chrome: open chrome://inspect, or go to
  ${devtoolsUrl(server.url)}
VS Code: add this to the configurations of .vscode/launch.json, and attach
  ${JSON.stringify(vscodeConfiguration(server.title, server.port))}

${stopped ? waits : ''}Breakpoints sit in the TypeScript files. It stays open for ${minutes} minutes; With --break the service waits until a debugger attaches, for as long as kit debug runs. Ctrl-C ends it, and the service
goes on.
`;
}

function wholeNumber(text: string, min: number, max: number, what: string): number {
  const number = Number(text);
  if (text !== '' && Number.isInteger(number) && number >= min && number <= max) return number;
  throw new KitError(`Cannot take "${text}" as ${what}: want a whole number from ${min} to ${max}`, {
    exitCode: 2,
  });
}
