import type { Context } from '../context.ts';
import { parse, program } from './program.ts';
import { tellService } from './service.ts';

/** `kit start`: a service that was stopped or has failed. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  const command = program('start', context)
    .description('Start a service of a running machine.')
    .argument('<machine>', 'name of the machine')
    .argument('<service>', 'name of the service')
    .addHelpText('after', '\nExamples:\n  kit start t1 sshd')
    .action((name: string, service: string) => tellService('startService', name, service, context));
  return parse(command, args);
}
