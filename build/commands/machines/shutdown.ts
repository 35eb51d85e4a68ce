import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { program } from '../../cli/program.ts';
import type { Context } from '../../host/context.ts';
import { eachMachine } from '../../machine/lifecycle/each-machine.ts';
import { shutdownMachine } from '../../machine/lifecycle/stop.ts';
import { runningMachine } from '../../machine/records/running-machine.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';
import { parseSeconds, withTimeout } from '../flags/timeout.ts';
import { workFor } from '../flags/work-flags.ts';

interface Flags extends JsonFlag {
  readonly timeout: string;
}

const examples: Examples = {
  rows: [
    ['kit shutdown t1', 'stop its services in order, unmount its disks, power it off'],
    ['kit shutdown t1 t2 t3', 'several machines at once'],
    ['kit shutdown --json t1', '[{name, state, reason}]'],
  ],
  notes: `
If the guest does not power off within the time limit, it is sent an ACPI power button event. If that does not
help either, the command fails and the machine keeps running; kit stop would kill it.`,
};

/** `kit shutdown`: powers machines off, but never kills them. */
export function verb(context: Context): KitCommand {
  const command = program('shutdown', context)
    .description('Shut machines down cleanly.')
    .argument('<machine...>', 'names of machines');
  withJson(withTimeout(command, 'time limit for each guest', 90))
    .withExamples(examples)
    .action((names: string[], flags: Flags) => shutdown(names, flags, context));
  return command;
}

async function shutdown(names: readonly string[], flags: Flags, context: Context): Promise<void> {
  const timeoutMs = parseSeconds(flags.timeout);
  const { progress } = workFor(context);
  const text = ({ name, reason }: { name: string; reason: string }): string => `${name} ${reason}\n`;
  await eachMachine(names, context, { json: flags.json, text }, async (wanted) => {
    const machine = await runningMachine(wanted, context);
    const notify = (line: string): void => progress.line(`${wanted}: ${line}`);
    const { name, state, reason } = await progress.task(`Shut machine ${wanted} down`, () =>
      shutdownMachine(machine, { notify, timeoutMs }),
    );
    return { name, state, reason };
  });
}
