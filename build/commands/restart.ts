import type { Context } from '../context.ts';
import { MachineClient } from '../machine/client.ts';
import { parse, program } from './program.ts';
import { guestError, runningMachine, tellService } from './service.ts';

/** `kit restart`: one service, or the whole machine. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  const command = program('restart', context)
    .description('Restart a service of a running machine, or boot the machine anew.')
    .argument('<machine>', 'name of the machine')
    .argument('[service]', 'name of the service')
    .addHelpText('after', '\nExamples:\n  kit restart t1 sshd\n  kit restart t1         boot it anew')
    .action((name: string, service: string | undefined) =>
      service === undefined ? reboot(name, context) : tellService('restartService', name, service, context),
    );
  return parse(command, args);
}

async function reboot(name: string, context: Context): Promise<void> {
  const machine = await runningMachine(name, context);
  using client = new MachineClient(machine.dir);
  try {
    await client.end('reboot');
  } catch (thrown) {
    throw guestError(`Cannot restart machine "${name}"`, name, thrown);
  }
}
