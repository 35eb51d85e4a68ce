import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { printResult } from '../../cli/print-result.ts';
import { program } from '../../cli/program.ts';
import type { Context } from '../../host/context.ts';
import { sizeText } from '../../host/table.ts';
import { type EndedMachine, type Pruned, pruneMachines } from '../../machine/lifecycle/prune.ts';
import { disksText } from '../../machine/records/remove.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';

interface Flags extends JsonFlag {
  readonly dryRun?: boolean;
  readonly disks?: boolean;
}

const examples: Examples = {
  rows: [
    ['kit prune', 'remove all machines that have ended, except those with disks of their own'],
    ['kit prune --dry-run', 'only list them'],
    ['kit prune --disks', 'those with disks, too; what is on the disks is lost'],
    ['kit prune --json', '{removed: [{name, bytes, disks}], kept: [{name, bytes, disks}], bytes}'],
  ],
  notes: `
Disks given to kit run with a path, and folders of --state, always stay. Builds and downloads are in the
cache: kit cache gc.`,
};

/** `kit prune`: removes the machines that have ended. */
export function verb(context: Context): KitCommand {
  const command = program('prune', context)
    .description('Remove all machines that have ended.')
    .option('--dry-run', 'list what would be removed, and remove nothing')
    .option('--disks', 'also remove machines with disks of their own, and the disks');
  withJson(command)
    .withExamples(examples)
    .action(async (flags: Flags) => {
      const { dryRun = false, disks = false } = flags;
      const pruned = await pruneMachines(context.env, { dryRun, disks });
      printResult(context, flags, pruned, text(pruned, dryRun));
    });
  return command;
}

function text({ removed, kept, bytes }: Pruned, dryRun: boolean): string {
  const verb = dryRun ? 'would be removed' : 'removed';
  const line = (machine: EndedMachine, what: string): string => {
    const own = machine.disks.length > 0 ? `, with its ${disksText(machine)}` : '';
    return `${machine.name} ${what}, ${sizeText(machine.bytes)}${own}\n`;
  };
  const total =
    removed.length === 0
      ? 'Nothing to remove.\n'
      : `${removed.length} ${removed.length === 1 ? 'machine' : 'machines'} ${verb}, ${sizeText(bytes)}\n`;
  const hint = kept.length > 0 ? 'kit prune --disks removes machines with their disks.\n' : '';
  return [
    ...removed.map((machine) => line(machine, verb)),
    ...kept.map((machine) => line(machine, 'kept')),
    total,
    hint,
  ].join('');
}
