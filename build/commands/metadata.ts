import { resolve } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { writeDataVolume } from '../backend/data-volume.ts';
import type { Examples } from '../cli/examples.ts';
import type { KitCommand } from '../cli/kit-command.ts';
import { program, subcommand } from '../cli/program.ts';
import type { Context } from '../host/context.ts';
import { toolsTree } from '../tools/tree.ts';
import { workFor } from './flags/work-flags.ts';

const examples: Examples = {
  rows: [['kit metadata create data.iso "$(cat user-data)"']],
  notes: `
The volume contains the data as "config" for LinuxKit, and as "user-data" for cloud-init.`,
};

/** `kit metadata create`: creates the volume that `kit run --data` attaches to a machine. */
export function verb(context: Context): KitCommand {
  const command = program('metadata', context)
    .description('Create volumes with metadata for a machine.')
    .withExamples(examples);
  subcommand(command, 'create')
    .description('create an ISO 9660 volume with metadata')
    .argument('<file>', 'file name of the volume')
    .argument('<data>', 'the metadata')
    .option('--hostname <name>', 'instance-id and local-hostname of the machine', 'kit')
    .action((file: string, data: string, { hostname }: { hostname: string }) =>
      create(file, data, hostname, context),
    );
  return command;
}

async function create(file: string, data: string, name: string, context: Context): Promise<void> {
  if (!/^[A-Za-z0-9][A-Za-z0-9.-]{0,62}$/.test(name)) {
    throw new KitError(`Cannot use "${name}" as a host name: expected letters, digits, "." and "-"`, {
      exitCode: 2,
    });
  }
  const work = workFor(context);
  const tools = await toolsTree(work);
  await writeDataVolume(resolve(context.cwd, file), { data: Buffer.from(data), name }, tools, work.signal);
}
