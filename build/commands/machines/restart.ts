import type { Context } from '../../host/context.ts';
import { parse, program } from '../flags/program.ts';
import { tellService } from '../flags/service.ts';
import { type RebootFlags, reboot } from './reboot.ts';

const examples = `
Examples:
  kit restart t1 sshd             stop the service and start it
  kit restart t1                  boot the machine anew, as kit reboot does
  kit restart --wait ready t1     and wait until every service in it is ready`;

/** `kit restart`: one service, or the whole machine. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  const command = program('restart', context)
    .description('Restart a service of a running machine, or boot the machine anew.')
    .argument('<machine>', 'name of the machine')
    .argument('[service]', 'name of the service')
    .option('--wait <what>', 'of a machine: answer, or ready', 'answer')
    .option('--timeout <seconds>', 'how long a machine may take', '300')
    .option('--json', 'print JSON')
    .addHelpText('after', examples)
    .action((name: string, service: string | undefined, flags: RebootFlags) =>
      service === undefined
        ? reboot([name], flags, context)
        : tellService('restartService', name, service, flags, context),
    );
  return parse(command, args);
}
