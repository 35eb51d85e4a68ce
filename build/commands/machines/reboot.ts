import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { program } from '../../cli/program.ts';
import type { Context } from '../../host/context.ts';
import { eachMachine } from '../../machine/lifecycle/each-machine.ts';
import { type Rebooted, rebootMachine } from '../../machine/lifecycle/reboot.ts';
import { runningMachine } from '../../machine/records/running-machine.ts';
import { parseWait, type RebootFlags, withRebootFlags } from '../flags/reboot-flags.ts';
import { parseSeconds } from '../flags/timeout.ts';
import { workFor } from '../flags/work-flags.ts';

const examples: Examples = {
  rows: [
    ['kit reboot t1', 'stop its services in order, reboot, and wait until it responds again'],
    ['kit reboot --wait ready t1', '… and until all its services are ready'],
    ['kit reboot t1 t2', 'several machines at once'],
    ['kit reboot --json t1', '[{name, bootId, uptimeS, ready}]'],
  ],
  notes: `
kit restart t1 does the same for one machine.`,
};

/** `kit reboot`: reboots machines and waits for them. */
export function verb(context: Context): KitCommand {
  const command = program('reboot', context)
    .description('Reboot machines, and wait until they are back.')
    .argument('<machine...>', 'names of machines');
  withRebootFlags(command)
    .withExamples(examples)
    .action((names: string[], flags: RebootFlags) => reboot(names, flags, context));
  return command;
}

/** Also the action of `kit restart` for a whole machine. */
export async function reboot(
  names: readonly string[],
  { wait, timeout, json, allowFailed }: RebootFlags,
  context: Context,
): Promise<void> {
  const { signal } = context;
  const options = { wait: parseWait(wait), timeoutMs: parseSeconds(timeout), signal, allowFailed };
  const { progress } = workFor(context);
  const text = ({ name, ready, uptimeS }: Rebooted): string =>
    `${name} ${ready ? 'is ready' : 'is back'}, ${uptimeS.toFixed(1)} s after it began to boot\n`;
  await eachMachine(names, context, { json, text }, async (name) => {
    const machine = await runningMachine(name, context);
    return progress.task(`Reboot machine ${name}`, () => rebootMachine(machine, options));
  });
}
