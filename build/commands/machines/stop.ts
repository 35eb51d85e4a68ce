import { jsonLine } from '../../../lib/errors/visible.ts';
import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { printNotice } from '../../cli/print-result.ts';
import { program } from '../../cli/program.ts';
import type { Context } from '../../host/context.ts';
import { controlService } from '../../machine/lifecycle/control-service.ts';
import { stopMachine } from '../../machine/lifecycle/stop.ts';
import { findMachine, isLive, readMachine } from '../../machine/records/find.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';
import { parseSeconds, withTimeout } from '../flags/timeout.ts';
import { workFor } from '../flags/work-flags.ts';

interface Flags extends JsonFlag {
  readonly force?: boolean;
  readonly timeout: string;
}

const examples: Examples = {
  rows: [
    ['kit stop t1', 'stop its services in order, and power it off'],
    ['kit stop t1 sshd', 'stop one service'],
    ['kit stop --force t1', 'cut the power'],
    ['kit stop --json t1', '{name, state, reason}'],
  ],
  notes: `
A machine that does not power off within the time limit is killed; kit shutdown would leave it running.`,
};

/** `kit stop`: powers off a machine, or stops a service. */
export function verb(context: Context): KitCommand {
  const command = program('stop', context)
    .description('Power a machine off, or stop one of its services.')
    .argument('<machine>', 'name of the machine')
    .argument('[service]', 'name of a service')
    .option('--force', 'kill the machine at once, without shutting down the guest');
  withJson(withTimeout(command, 'time limit for the guest', 90))
    .withExamples(examples)
    .action((name: string, service: string | undefined, flags: Flags) => stop(name, service, flags, context));
  return command;
}

async function stop(
  name: string,
  service: string | undefined,
  flags: Flags,
  context: Context,
): Promise<void> {
  if (service !== undefined) return controlService('stopService', name, service, flags, context);
  const timeoutMs = parseSeconds(flags.timeout);
  const machine = await findMachine(context.env, name);
  if (isLive(machine)) {
    const { progress } = workFor(context);
    const notify = (text: string): void => progress.line(text);
    const force = flags.force === true;
    await progress.task(`Stop machine ${name}`, () => stopMachine(machine, { notify, timeoutMs, force }));
  } else printNotice(context, `machine "${name}" has already ended (${machine.record.reason})`);
  if (!flags.json) return;
  const { state, reason } = (await readMachine(machine.dir))?.record ?? machine.record;
  context.stdout.write(jsonLine({ name, state, reason }));
}
