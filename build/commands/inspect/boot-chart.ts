import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { KitError, reasonOf } from '../../../lib/errors/errors.ts';
import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { printNotice, printResult } from '../../cli/print-result.ts';
import { program } from '../../cli/program.ts';
import type { Context } from '../../host/context.ts';
import { readManifestFiles } from '../../images/manifest-files.ts';
import { type BootTimes, bootTimes } from '../../machine/boot-chart/boot-times.ts';
import { checkBootBudgets } from '../../machine/boot-chart/budgets.ts';
import { savedTimes } from '../../machine/boot-chart/saved-times.ts';
import { bootSvg } from '../../machine/boot-chart/svg.ts';
import { bootText } from '../../machine/boot-chart/text.ts';
import { MachineClient } from '../../machine/client/client.ts';
import { guestError } from '../../machine/client/guest-error.ts';
import { runningMachine } from '../../machine/records/running-machine.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';
import { workFor } from '../flags/work-flags.ts';

interface Flags extends JsonFlag {
  readonly svg?: string;
  readonly budgets?: string;
  readonly against?: string;
}

const examples: Examples = {
  rows: [
    ['kit boot-chart t1', 'what the boot of t1 spent its time on'],
    ['kit boot-chart --svg boot.svg t1', 'a picture of it'],
    ['kit boot-chart --json t1', '{readyMs, bars: [{kind, name, startMs, startedMs, endMs}], memory}'],
    ['kit boot-chart --budgets web.yml t1', 'exit with status 1 if it exceeds budgets of web.yml'],
    ['kit boot-chart --budgets web.yml --against old.json t1', '… and say what has grown since old.json'],
  ],
};

/** `kit boot-chart`: shows the times of a machine's boot. */
export function verb(context: Context): KitCommand {
  const command = program('boot-chart', context)
    .description('Show what the boot of a machine spent its time on: kernel, steps, containers, services.')
    .argument('<machine>', 'name of the machine')
    .option('--svg <file>', 'write a picture')
    .option('--budgets <manifest>', 'check boot time and memory against the budgets of the manifest')
    .option('--against <file>', 'with --budgets: an earlier boot, as --json has printed it');
  withJson(command)
    .withExamples(examples)
    .action((name: string, flags: Flags) => chart(name, flags, context));
  return command;
}

async function chart(name: string, flags: Flags, context: Context): Promise<void> {
  if (flags.against !== undefined && flags.budgets === undefined)
    throw new KitError('Cannot use --against without --budgets', { exitCode: 2 });
  const machine = await runningMachine(name, context);
  using client = new MachineClient(machine.dir);
  const ownMemory = machine.record.accel !== 'none';
  const times = await bootTimes(client, name, ownMemory).catch((thrown: unknown) => {
    if (thrown instanceof KitError) throw thrown;
    throw guestError(`Cannot read the boot times of machine "${name}"`, machine, thrown);
  });
  if (flags.svg !== undefined) {
    const path = resolve(context.cwd, flags.svg);
    await writeFile(path, bootSvg(`The boot of ${name}`, times)).catch((thrown: unknown) => {
      throw new KitError(`Cannot write "${path}": ${reasonOf(thrown)}`, { cause: thrown });
    });
    printNotice(context, `the picture is in "${flags.svg}"`);
  }
  printResult(context, flags, times, bootText(name, times));
  if (flags.budgets !== undefined) await check(times, flags.budgets, flags.against, context);
}

/** @throws KitErrors for budgets that the boot exceeds */
async function check(
  times: BootTimes,
  file: string,
  against: string | undefined,
  context: Context,
): Promise<void> {
  const manifest = await readManifestFiles([file], context, workFor(context));
  const before = against === undefined ? undefined : await savedTimes(resolve(context.cwd, against));
  checkBootBudgets(manifest, times, before);
}
