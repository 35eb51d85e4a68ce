import { resolve } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { writeDataVolume } from '../backend/data-volume.ts';
import type { Context } from '../host/context.ts';
import { toolsTree } from '../tools/tree.ts';
import { parse, program } from './flags/program.ts';
import { workFor } from './flags/work-flags.ts';

const examples = `
Examples:
  kit metadata create data.iso "$(cat user-data)"

The volume holds the data as LinuxKit's "config" and as cloud-init's "user-data".`;

/** `kit metadata create`: a volume with metadata for a guest, as `kit run --data` makes it. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  const command = program('metadata', context).description('Make volumes with metadata for a guest.');
  command
    .command('create')
    .description('Write an ISO 9660 volume with metadata.')
    .argument('<file>', 'the volume')
    .argument('<data>', 'the metadata itself')
    .option('--hostname <name>', 'instance-id and local-hostname of the guest', 'kit')
    .addHelpText('after', examples)
    .action((file: string, data: string, { hostname }: { hostname: string }) =>
      create(file, data, hostname, context),
    );
  return parse(command, args);
}

async function create(file: string, data: string, name: string, context: Context): Promise<void> {
  if (!/^[A-Za-z0-9][A-Za-z0-9.-]{0,62}$/.test(name)) {
    throw new KitError(`Cannot use "${name}" as a host name`, { exitCode: 2 });
  }
  const work = workFor(context);
  const tools = await toolsTree(work);
  await writeDataVolume(resolve(context.cwd, file), { data: Buffer.from(data), name }, tools, work.signal);
}
