import { KitError } from '../../../lib/errors/errors.ts';
import { jsonLine, visibleText } from '../../../lib/errors/visible.ts';
import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { printResult } from '../../cli/print-result.ts';
import { program } from '../../cli/program.ts';
import type { Context } from '../../host/context.ts';
import { runningMachine } from '../../machine/records/running-machine.ts';
import { shownUpdate } from '../../update/shown-update.ts';
import type { Updated } from '../../update/update-machine.ts';
import { type SourceFlags, withSources } from '../flags/sources.ts';
import { parseSeconds, withTimeout } from '../flags/timeout.ts';
import { workFor } from '../flags/work-flags.ts';
import { signingKey } from '../trust/signing-key.ts';

interface Flags extends SourceFlags {
  readonly all?: boolean;
  readonly timeout: string;
  readonly steady: string;
  readonly key?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const examples: Examples = {
  rows: [
    ['kit update t1 app.yml', 'replace the services of t1 that differ; the others run on'],
    ['kit update --dry-run t1 app.yml', 'say what would be replaced, and how much would be sent'],
    ['kit update t1 build/app', 'with an image that kit build has written'],
    ['kit update --key updates.key t1 app.yml', 'signed, for a machine that takes nothing else'],
    ['kit update --all demo', 'the machines of a cluster, one by one, with what its file names'],
    ['kit update --all demo/web', '… those of one of its groups'],
    ['kit update --json t1 app.yml', '{name, changed, added, removed, bytes, dryRun, nextBoot}'],
  ],
  notes: `
Services stop and start in their order. If the new ones are not ready in time, or do not stay so, the earlier ones
run again, and kit update says why and exits with status 1. What takes a reboot is refused and named.`,
};

/** `kit update`: replaces services of a running machine by those of another image. */
export function verb(context: Context): KitCommand {
  const command = program('update', context)
    .description('Replace services of a running machine, without a reboot.')
    .argument('<machine>', 'name of the machine')
    .argument('[image]', 'manifest, which is built first, or image in format kernel+initrd')
    .option('--all', 'update all machines of a cluster, or of one of its groups (CLUSTER/GROUP)')
    .option('--dry-run', 'only say what would be done')
    .option('--key <key-file>', 'sign the update with this private key (docs/updates.md)')
    .option('--steady <seconds>', 'how long the new services must stay ready', '1')
    .option('--json', 'print the result as JSON');
  return withTimeout(withSources(command), 'how long the new services may take to be ready', 60)
    .withExamples(examples)
    .action((name: string, image: string | undefined, flags: Flags) => {
      if (flags.all) return updateAll(name, image, flags, context);
      if (image !== undefined) return update(name, image, flags, context);
      throw new KitError(`Cannot update machine "${name}": no image is named`, {
        ...{ exitCode: 2, hint: `kit update ${name} FILE.yml` },
      });
    });
}

async function update(name: string, image: string, flags: Flags, context: Context): Promise<void> {
  const options = optionsOf(flags, context);
  const machine = await runningMachine(name, context);
  const work = workFor(context, { ...flags, arch: machine.record.arch });
  // Loaded on demand: building images needs far more code than the rest of this command.
  const { updateMachine } = await import('../../update/update-machine.ts');
  const updated = await updateMachine(machine, image, options, context, work);
  printResult(context, flags, updated satisfies Updated, shownUpdate(updated));
}

async function updateAll(
  target: string,
  image: string | undefined,
  flags: Flags,
  context: Context,
): Promise<void> {
  if (image !== undefined)
    throw new KitError(`Cannot update "${target}" with "${image}": the file of a cluster names its images`, {
      exitCode: 2,
    });
  const { updateGroup } = await import('../../cluster/update-group.ts');
  const rows: Updated[] = [];
  const onDone = (updated: Updated): void => {
    rows.push(updated);
    if (!flags.json) context.stdout.write(visibleText(shownUpdate(updated)));
  };
  try {
    await updateGroup(target, { ...optionsOf(flags, context), onDone }, context, workFor(context, flags));
  } finally {
    if (flags.json) context.stdout.write(jsonLine(rows));
  }
}

const optionsOf = ({ timeout, steady, dryRun = false, key }: Flags, context: Context) => ({
  ...{ readyMs: parseSeconds(timeout), steadyMs: parseSeconds(steady) },
  ...{ dryRun, key: key === undefined ? undefined : signingKey(key, context) },
});
