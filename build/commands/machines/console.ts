import { KitError } from '../../../lib/errors/errors.ts';
import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { program } from '../../cli/program.ts';
import type { Context } from '../../host/context.ts';
import { isTerminal } from '../../host/terminal.ts';
import { showInteractiveConsole } from '../../machine/console/attach-console.ts';
import { showConsole } from '../../machine/logs/show-console.ts';
import { findMachine, isLive, isRemote } from '../../machine/records/find.ts';

const examples: Examples = {
  rows: [
    ['kit console t1', 'connect this terminal to the console; Ctrl-] leaves it'],
    ['kit console t1 | tee log', 'print the console, and go on until the machine has ended'],
  ],
  notes: `
Several terminals may be connected at once: all show the output, and all may type. If standard input or
output is not a terminal, nothing is typed. kit logs --console also shows that of a machine that has ended.`,
};

/** `kit console`: attaches to the console of a machine. */
export function verb(context: Context): KitCommand {
  const command = program('console', context)
    .description('Attach to the console of a running machine.')
    .argument('<machine>', 'name of the machine')
    .withExamples(examples)
    .action((name: string) => attach(name, context));
  return command;
}

async function attach(name: string, context: Context): Promise<void> {
  const machine = await findMachine(context.env, name);
  const action = `Cannot open the console of machine "${name}"`;
  if (isRemote(machine)) throw new KitError(`${action}: it runs on another host`);
  if (!isLive(machine)) {
    throw new KitError(`${action}: it has ended (${machine.record.reason})`, {
      hint: `kit logs --console ${name} shows its output`,
    });
  }
  if (isTerminal(context)) return showInteractiveConsole(machine, context);
  await showConsole(machine, { tail: 0, follow: true }, context);
}
