import { KitError } from '../../lib/errors/errors.ts';
import type { Context } from '../context.ts';
import { findMachine, isLive } from '../machine/find.ts';
import { stopMachine } from '../machine/stop.ts';
import { parse, program } from './program.ts';
import { tellService } from './service.ts';
import { workFor } from './work.ts';

interface Flags {
  readonly force?: boolean;
  readonly timeout: string;
}

const examples = `
Examples:
  kit stop t1            stop its services in order, and power it off
  kit stop t1 sshd       stop one service
  kit stop --force t1    pull the plug`;

/** `kit stop`: a machine, or one service of it. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  const command = program('stop', context)
    .description('Power a machine off, or stop one of its services.')
    .argument('<machine>', 'name of the machine')
    .argument('[service]', 'name of a service')
    .option('--force', 'end the machine at once, without asking its guest')
    .option('--timeout <seconds>', 'how long the guest may take', '90')
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
  if (service !== undefined) return tellService('stopService', name, service, context);
  const timeoutMs = Number(flags.timeout) * 1000;
  if (!(timeoutMs > 0)) {
    throw new KitError(`Cannot wait "${flags.timeout}" seconds: want a number above 0`, { exitCode: 2 });
  }
  const machine = await findMachine(context.env, name);
  if (!isLive(machine)) {
    context.stderr.write(`kit: machine "${name}" has already ended (${machine.record.reason})\n`);
    return;
  }
  const { progress } = workFor(context);
  const say = (text: string): void => progress.line(text);
  await progress.task(`Stop machine ${name}`, () =>
    stopMachine(machine, { say, timeoutMs, force: flags.force === true }),
  );
}
