import type { Context } from '../../host/context.ts';
import { parse, program } from '../flags/program.ts';
import { tellService } from '../flags/service.ts';

const examples = `
Examples:
  kit start t1 sshd           start a service that was stopped or has failed
  kit start --json t1 sshd    the service as kit ps --json has it`;

/** `kit start`: a service that was stopped or has failed. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  const command = program('start', context)
    .description('Start a service of a running machine.')
    .argument('<machine>', 'name of the machine')
    .argument('<service>', 'name of the service')
    .option('--json', 'print JSON')
    .addHelpText('after', examples)
    .action((name: string, service: string, flags: { readonly json?: boolean }) =>
      tellService('startService', name, service, flags, context),
    );
  return parse(command, args);
}
