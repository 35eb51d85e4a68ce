import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { printResult } from '../../cli/print-result.ts';
import { program } from '../../cli/program.ts';
import type { Context } from '../../host/context.ts';
import { runningMachine } from '../../machine/records/running-machine.ts';
import type { Updated } from '../../update/update-machine.ts';
import { type SourceFlags, withSources } from '../flags/sources.ts';
import { parseSeconds, withTimeout } from '../flags/timeout.ts';
import { workFor } from '../flags/work-flags.ts';
import { signingKey } from '../trust/signing-key.ts';

interface Flags extends SourceFlags {
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
    .argument('<image>', 'manifest, which is built first, or image in format kernel+initrd')
    .option('--dry-run', 'only say what would be done')
    .option('--key <key-file>', 'sign the update with this private key (docs/updates.md)')
    .option('--steady <seconds>', 'how long the new services must stay ready', '1')
    .option('--json', 'print the result as JSON');
  return withTimeout(withSources(command), 'how long the new services may take to be ready', 60)
    .withExamples(examples)
    .action((name: string, image: string, flags: Flags) => update(name, image, flags, context));
}

async function update(name: string, image: string, flags: Flags, context: Context): Promise<void> {
  const options = {
    ...{ readyMs: parseSeconds(flags.timeout), steadyMs: parseSeconds(flags.steady) },
    ...{ dryRun: flags.dryRun ?? false, key: flags.key ? signingKey(flags.key, context) : undefined },
  };
  const machine = await runningMachine(name, context);
  const work = workFor(context, { ...flags, arch: machine.record.arch });
  // Loaded on demand: building images needs far more code than the rest of this command.
  const { updateMachine } = await import('../../update/update-machine.ts');
  const updated = await updateMachine(machine, image, options, context, work);
  const { shownUpdate } = await import('../../update/shown-update.ts');
  printResult(context, flags, updated satisfies Updated, shownUpdate(updated));
}
