import { resolve } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { readDataFile } from '../backend/data-file.ts';
import { type DataVolume, writeDataVolume } from '../backend/data-volume.ts';
import type { Examples } from '../cli/examples.ts';
import type { KitCommand } from '../cli/kit-command.ts';
import { program, subcommand } from '../cli/program.ts';
import type { Context } from '../host/context.ts';
import { toolsTree } from '../tools/tree.ts';
import { workFor } from './flags/work-flags.ts';

const examples: Examples = {
  rows: [
    ['kit metadata create data.iso "$(cat user-data)"'],
    ['kit metadata create --data-file user-data data.iso'],
  ],
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
    .argument('[data]', 'the metadata')
    .option('--data-file <file>', 'file with the metadata; its signature, if there is one, is in FILE.sig')
    .option('--hostname <name>', 'instance-id and local-hostname of the machine', 'kit')
    .action(async (file: string, data: string | undefined, { hostname, dataFile }: Flags) =>
      create(file, await contents(data, dataFile, context.cwd), hostname, context),
    );
  return command;
}

interface Flags {
  readonly hostname: string;
  readonly dataFile?: string;
}

type Contents = Omit<DataVolume, 'name'>;

async function contents(
  data: string | undefined,
  dataFile: string | undefined,
  cwd: string,
): Promise<Contents> {
  if (data !== undefined && dataFile === undefined) return { data: Buffer.from(data) };
  if (dataFile !== undefined && data === undefined) return readDataFile(dataFile, cwd);
  throw new KitError('Cannot create a volume: expected the metadata, or --data-file', { exitCode: 2 });
}

async function create(file: string, data: Contents, name: string, context: Context): Promise<void> {
  if (!/^[A-Za-z0-9][A-Za-z0-9.-]{0,62}$/.test(name)) {
    throw new KitError(`Cannot use "${name}" as a host name: expected letters, digits, "." and "-"`, {
      exitCode: 2,
    });
  }
  const work = workFor(context);
  const tools = await toolsTree(work);
  await writeDataVolume(resolve(context.cwd, file), { ...data, name }, tools, work.signal);
}
