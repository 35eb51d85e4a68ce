import type { Context } from '../../host/context.ts';
import { shutdownMachine } from '../../machine/lifecycle/stop.ts';
import { eachMachine } from '../flags/each-machine.ts';
import { parse, program } from '../flags/program.ts';
import { millisecondsOf } from '../flags/seconds.ts';
import { runningMachine } from '../flags/service.ts';
import { workFor } from '../flags/work-flags.ts';

interface Flags {
  readonly timeout: string;
  readonly json?: boolean;
}

const examples = `
Examples:
  kit shutdown t1            stop its services in order, unmount its disks, power it off
  kit shutdown t1 t2 t3      several at once
  kit shutdown --json t1     [{name, state, reason}]

It is orderly or it fails: a guest that does not power off within the time limit is pressed the power button of, and left
running when it does not heed that either. kit stop ends such a machine all the same.`;

/** `kit shutdown`: machines, in good order or not at all. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  const command = program('shutdown', context)
    .description('Power machines off in good order.')
    .argument('<machines...>', 'names of machines')
    .option('--timeout <seconds>', 'how long a guest may take', '90')
    .option('--json', 'print JSON')
    .addHelpText('after', examples)
    .action((names: string[], flags: Flags) => shutdown(names, flags, context));
  return parse(command, args);
}

async function shutdown(names: readonly string[], flags: Flags, context: Context): Promise<void> {
  const timeoutMs = millisecondsOf(flags.timeout);
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
