import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { program } from '../../cli/program.ts';
import type { Context } from '../../host/context.ts';
import { controlService } from '../../machine/lifecycle/control-service.ts';
import { type RebootFlags, withRebootFlags } from '../flags/reboot-flags.ts';
import { reboot } from './reboot.ts';

const examples: Examples = {
  rows: [
    ['kit restart t1 sshd', 'stop the service and start it again'],
    ['kit restart t1', 'reboot the machine, as kit reboot does'],
    ['kit restart --wait ready t1', '… and wait until all its services are ready'],
  ],
};

/** `kit restart`: restarts a service, or reboots the machine. */
export function verb(context: Context): KitCommand {
  const command = program('restart', context)
    .description('Restart a service in a running machine, or reboot the machine.')
    .argument('<machine>', 'name of the machine')
    .argument('[service]', 'name of the service');
  withRebootFlags(command)
    .withExamples(examples)
    .action((name: string, service: string | undefined, flags: RebootFlags) =>
      service === undefined
        ? reboot([name], flags, context)
        : controlService('restartService', name, service, flags, context),
    );
  return command;
}
