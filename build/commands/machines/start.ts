import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { program } from '../../cli/program.ts';
import type { Context } from '../../host/context.ts';
import { controlService } from '../../machine/lifecycle/control-service.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';

const examples: Examples = {
  rows: [
    ['kit start t1 sshd', 'start a service that was stopped or has failed'],
    ['kit start --json t1 sshd', 'print the service as kit ps --json does'],
  ],
};

/** `kit start`: starts a service. */
export function verb(context: Context): KitCommand {
  const command = program('start', context)
    .description('Start a service in a running machine.')
    .argument('<machine>', 'name of the machine')
    .argument('<service>', 'name of the service');
  withJson(command)
    .withExamples(examples)
    .action((name: string, service: string, flags: JsonFlag) =>
      controlService('startService', name, service, flags, context),
    );
  return command;
}
