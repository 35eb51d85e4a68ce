import { KitError } from '../../../lib/errors/errors.ts';
import type { Context } from '../../host/context.ts';
import { type Rebooted, type RebootOptions, rebootMachine } from '../../machine/lifecycle/reboot.ts';
import { eachMachine } from '../flags/each-machine.ts';
import { parse, program } from '../flags/program.ts';
import { millisecondsOf } from '../flags/seconds.ts';
import { runningMachine } from '../flags/service.ts';
import { workFor } from '../flags/work-flags.ts';

export interface RebootFlags {
  readonly wait: string;
  readonly timeout: string;
  readonly json?: boolean;
}

const examples = `
Examples:
  kit reboot t1                  stop its services in order, boot it anew, and wait until the new boot answers
  kit reboot --wait ready t1     and until every service in it is ready
  kit reboot t1 t2               several at once
  kit reboot --json t1           [{name, bootId, uptimeS, ready}]

kit restart t1 is the same for one machine.`;

/** `kit reboot`: machines, until they are back. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  const command = program('reboot', context)
    .description('Boot machines anew, and wait until they are back.')
    .argument('<machines...>', 'names of machines')
    .option('--wait <what>', 'answer: the new boot answers; ready: its services are ready, too', 'answer')
    .option('--timeout <seconds>', 'how long a machine may take', '300')
    .option('--json', 'print JSON')
    .addHelpText('after', examples)
    .action((names: string[], flags: RebootFlags) => reboot(names, flags, context));
  return parse(command, args);
}

/** For `kit restart` of a whole machine, too. */
export async function reboot(
  names: readonly string[],
  { wait, timeout, json }: RebootFlags,
  context: Context,
): Promise<void> {
  const options = { wait: parseWait(wait), timeoutMs: millisecondsOf(timeout), signal: context.signal };
  const { progress } = workFor(context);
  const text = ({ name, ready, uptimeS }: Rebooted): string =>
    `${name} ${ready ? 'is ready' : 'is back'}, ${uptimeS.toFixed(1)} s after it began to boot\n`;
  await eachMachine(names, context, { json, text }, async (name) => {
    const machine = await runningMachine(name, context);
    return progress.task(`Reboot machine ${name}`, () => rebootMachine(machine, options));
  });
}

function parseWait(text: string): RebootOptions['wait'] {
  if (text === 'answer' || text === 'ready') return text;
  throw new KitError(`Cannot wait for "${text}": want answer or ready`, { exitCode: 2 });
}
