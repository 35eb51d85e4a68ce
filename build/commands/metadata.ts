import { resolve } from 'node:path';
import { Option } from 'commander';
import { KitError } from '../../lib/errors/errors.ts';
import { readDataFile } from '../backend/data-file.ts';
import { type DataVolume, writeDataVolume } from '../backend/data-volume.ts';
import type { Examples } from '../cli/examples.ts';
import type { KitCommand } from '../cli/kit-command.ts';
import { printResult } from '../cli/print-result.ts';
import { program, subcommand } from '../cli/program.ts';
import type { Context } from '../host/context.ts';
import { metadataReport } from '../metadata/metadata-report.ts';
import { readSource } from '../metadata/read-source.ts';
import { metadataReportText } from '../metadata/report-text.ts';
import { type SeedKind, seedKinds } from '../metadata/single-file.ts';
import { toolsTree } from '../tools/tree.ts';
import { type JsonFlag, withJson } from './flags/json.ts';
import { workFor } from './flags/work-flags.ts';

const examples: Examples = {
  rows: [
    ['kit metadata create data.iso "$(cat user-data)"'],
    ['kit metadata create --data-file user-data data.iso'],
    ['kit metadata check user-data', 'what a machine would make of it; exit status 1 if there are problems'],
    ['kit metadata check seed.iso', 'the same for a data volume, or a folder with its files'],
    ['terraform output -raw user_data | kit metadata check -', 'the same for standard input'],
  ],
  notes: `
The volume contains the data as "config" for LinuxKit, and as "user-data" for cloud-init.`,
};

/** `kit metadata`: the volume that `kit run --data` attaches to a machine, and what is in such volumes. */
export function verb(context: Context): KitCommand {
  const command = program('metadata', context)
    .description('Create volumes with metadata for a machine, and check metadata before the boot.')
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
  withJson(
    subcommand(command, 'check')
      .description('show what a machine would make of metadata')
      .argument(
        '<source>',
        'user data, another file of a seed, a folder or an image with one, or - for stdin',
      )
      .addOption(
        new Option('--as <kind>', 'what the file is; without it, as its name says').choices(seedKinds),
      ),
    'print the result as JSON',
  ).action((source: string, flags: CheckFlags) => check(source, flags, context));
  return command;
}

interface CheckFlags extends JsonFlag {
  readonly as?: SeedKind;
}

/** Resolves to the exit status. */
async function check(source: string, flags: CheckFlags, context: Context): Promise<number> {
  const report = metadataReport(await readSource(source, { ...context, kind: flags.as }));
  printResult(context, flags, report, metadataReportText(report));
  return report.problems.length > 0 ? 1 : 0;
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
