import { KitError } from '../../../lib/errors/errors.ts';
import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { program } from '../../cli/program.ts';
import type { Context } from '../../host/context.ts';
import { showConsole } from '../../machine/logs/show-console.ts';
import { showLogs } from '../../machine/logs/show-logs.ts';
import { findMachine, isRemote } from '../../machine/records/find.ts';
import { withJson } from '../flags/json.ts';
import { type LogFlags, logOptions } from '../flags/log-flags.ts';

const examples: Examples = {
  rows: [
    ['kit logs t1', 'the logs of all containers and of init'],
    ['kit logs -f --tail 20 t1 sshd web'],
    ["kit logs --since 1h30m --grep 'error|fail' -i t1"],
    ['kit logs t1 kernel', 'the kernel log'],
    ['kit logs --console t1', 'the output on the serial console'],
  ],
  notes: `
Without names, the logs of containerd and the kernel are left out unless --all is given. Times are those of
the guest's clock. The guest keeps logs in ring buffers in memory, 1 MiB for each service and 16 MiB in total.
On a terminal, control characters are escaped, such as \\x1b.

If the machine has ended, or its guest does not respond, the console is shown instead.`,
};

/** `kit logs`: prints the logs of services. */
export function verb(context: Context): KitCommand {
  const command = program('logs', context)
    .description('Show the logs of the services of a machine.')
    .argument('<machine>', 'name of the machine')
    .argument('[service...]', 'names of services; also init, containerd, kernel')
    .option('-f, --follow', 'keep printing new lines until Ctrl-C')
    .option('--tail <n>', 'only the last n lines; with --grep, the last n matching lines')
    .option('--since <time>', 'only lines of the last 10m, 1h30m…, or since a time (RFC 3339)')
    .option('--grep <regex>', 'only lines that match a JavaScript regular expression')
    .option('-i, --ignore-case', 'make --grep case-insensitive')
    .option('--all', 'include containerd and the kernel')
    .option('--time', 'start each line with its time')
    .option('--console', 'show the serial console instead');
  withJson(command, 'print a JSON object per line: {timeMs, source, stream, message, pid, sequence, missed}')
    .withExamples(examples)
    .action((name: string, services: string[], flags: LogFlags) => logs(name, services, flags, context));
  return command;
}

async function logs(name: string, services: string[], flags: LogFlags, context: Context): Promise<void> {
  const options = logOptions(services, flags);
  const machine = await findMachine(context.env, name);
  if (!flags.console) return showLogs(machine, options, flags, context);
  if (isRemote(machine)) {
    throw new KitError(`Cannot show the console of machine "${name}": it runs on another host`);
  }
  await showConsole(machine, options, context);
}
