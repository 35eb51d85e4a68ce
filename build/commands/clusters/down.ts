import { jsonLine } from '../../../lib/errors/visible.ts';
import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { program } from '../../cli/program.ts';
import { bringDown } from '../../cluster/down.ts';
import { groupNamePattern } from '../../cluster/fields.ts';
import { readCluster } from '../../cluster/file/read-cluster.ts';
import type { Context } from '../../host/context.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';
import { parseSeconds, withTimeout } from '../flags/timeout.ts';
import { workFor } from '../flags/work-flags.ts';

interface Flags extends JsonFlag {
  readonly disks?: boolean;
  readonly timeout: string;
}

const examples: Examples = {
  rows: [
    ['kit down', 'end the machines of cluster.yml in this folder'],
    ['kit down demo', 'those of the cluster of that name'],
    ['kit down --disks demo', 'remove the disks, too; what is on them is lost'],
    [
      'kit down --json demo',
      '{cluster, ended: [name, …], disks}; disks is the folder of those that stay, or null',
    ],
  ],
};

/** `kit down`: ends the machines of a cluster, and removes what `kit up` made. */
export function verb(context: Context): KitCommand {
  const command = program('down', context)
    .description('End the machines of a cluster, the last group of its file first, and remove them.')
    .argument('[cluster]', 'its file, or its name', 'cluster.yml')
    .option('--disks', 'remove the disks, too');
  withJson(withTimeout(command, 'how long each machine may take to power off', 90))
    .withExamples(examples)
    .action((cluster: string, flags: Flags) => down(cluster, flags, context));
  return command;
}

async function down(cluster: string, flags: Flags, context: Context): Promise<void> {
  const timeoutMs = parseSeconds(flags.timeout);
  const isName = groupNamePattern?.test(cluster);
  const name = isName ? cluster : (await readCluster(cluster, context.cwd)).name;
  const print = (machine: string): void => {
    if (!flags.json) context.stdout.write(`${machine}  ended\n`);
  };
  const options = { disks: flags.disks === true, timeoutMs, onEnded: print };
  const result = await bringDown(name, context, workFor(context), options);
  if (flags.json) context.stdout.write(jsonLine(result));
  else if (result.disks)
    context.stdout.write(`Its disks stay in ${result.disks}; kit down --disks ${name} removes them.\n`);
}
