import type { Context } from '../../host/context.ts';
import { stopMachine } from '../../machine/lifecycle/stop.ts';
import { findMachine, isLive, readMachine } from '../../machine/records/find.ts';
import { parse, program } from '../flags/program.ts';
import { millisecondsOf } from '../flags/seconds.ts';
import { tellService } from '../flags/service.ts';
import { workFor } from '../flags/work-flags.ts';

interface Flags {
  readonly force?: boolean;
  readonly timeout: string;
  readonly json?: boolean;
}

const examples = `
Examples:
  kit stop t1            stop its services in order, and power it off
  kit stop t1 sshd       stop one service
  kit stop --force t1    pull the plug
  kit stop --json t1     {name, state, reason}

A machine that does not power off within the time limit is ended all the same; kit shutdown would leave it running.`;

/** `kit stop`: a machine, or one service of it. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  const command = program('stop', context)
    .description('Power a machine off, or stop one of its services.')
    .argument('<machine>', 'name of the machine')
    .argument('[service]', 'name of a service')
    .option('--force', 'end the machine at once, without asking its guest')
    .option('--timeout <seconds>', 'how long the guest may take', '90')
    .option('--json', 'print JSON')
    .addHelpText('after', examples)
    .action((name: string, service: string | undefined, flags: Flags) => stop(name, service, flags, context));
  return parse(command, args);
}

async function stop(
  name: string,
  service: string | undefined,
  flags: Flags,
  context: Context,
): Promise<void> {
  if (service !== undefined) return tellService('stopService', name, service, flags, context);
  const timeoutMs = millisecondsOf(flags.timeout);
  const machine = await findMachine(context.env, name);
  if (isLive(machine)) {
    const { progress } = workFor(context);
    const notify = (text: string): void => progress.line(text);
    const force = flags.force === true;
    await progress.task(`Stop machine ${name}`, () => stopMachine(machine, { notify, timeoutMs, force }));
  } else context.stderr.write(`kit: machine "${name}" has already ended (${machine.record.reason})\n`);
  if (!flags.json) return;
  const { state, reason } = (await readMachine(machine.dir))?.record ?? machine.record;
  context.stdout.write(`${JSON.stringify({ name, state, reason })}\n`);
}
