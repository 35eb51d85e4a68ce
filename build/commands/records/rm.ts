import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { program } from '../../cli/program.ts';
import type { Context } from '../../host/context.ts';
import { sizeText } from '../../host/table.ts';
import { eachMachine } from '../../machine/lifecycle/each-machine.ts';
import { type RemovedMachine, removeMachine } from '../../machine/lifecycle/remove.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';
import { workFor } from '../flags/work-flags.ts';

interface Flags extends JsonFlag {
  readonly force?: boolean;
}

const examples: Examples = {
  rows: [
    ['kit rm t1 t2', 'remove machines that have ended, with their logs and their own disks'],
    ['kit rm --force t1', 'end it at once if it runs, and remove it'],
    ['kit rm --json t1', '[{name, bytes, disks: [{file, bytes}]}]'],
  ],
  notes: `
A disk given to kit run with a path, and the folder of --state, are not the machine's own, and stay.
kit prune removes all machines that have ended.`,
};

/** `kit rm`: removes machines. */
export function verb(context: Context): KitCommand {
  const command = program('rm', context)
    .description('Remove machines that have ended, with their logs and their own disks.')
    .argument('<machines...>', 'names of machines')
    .option('-f, --force', 'end machines that run, at once');
  withJson(command)
    .withExamples(examples)
    .action((names: string[], flags: Flags) => remove(names, flags, context));
  return command;
}

async function remove(names: readonly string[], flags: Flags, context: Context): Promise<void> {
  const { progress } = workFor(context);
  const options = { force: flags.force === true, notify: (text: string): void => progress.line(text) };
  const text = ({ name, bytes }: RemovedMachine): string => `${name} removed, ${sizeText(bytes)}\n`;
  await eachMachine(names, context, { json: flags.json, text }, (name) =>
    removeMachine(name, context, options),
  );
}
