import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { printResult } from '../../cli/print-result.ts';
import { program } from '../../cli/program.ts';
import type { Context } from '../../host/context.ts';
import { MachineClient } from '../../machine/client/client.ts';
import { guestError } from '../../machine/client/guest-error.ts';
import { incidentRow, incidentText } from '../../machine/logs/incidents.ts';
import { runningMachine } from '../../machine/records/running-machine.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';

const examples: Examples = {
  rows: [
    ['kit incidents t1', 'the failures in t1, each with its stack trace or the end of the log'],
    ['kit incidents t1 web', 'only those of one service'],
    [
      'kit incidents --json t1',
      'a list of {service, what, firstMs, lastMs, count, bootId, earlierBoot, stack, lines}',
    ],
  ],
};

/** `kit incidents`: prints the recorded failures of services. */
export function verb(context: Context): KitCommand {
  const command = program('incidents', context)
    .description('Show what failed in a machine, and why.')
    .argument('<machine>', 'name of the machine')
    .argument('[service]', 'name of a service');
  withJson(command)
    .withExamples(examples)
    .action((name: string, service: string | undefined, flags: JsonFlag) =>
      show(name, service ?? '', flags, context),
    );
  return command;
}

async function show(name: string, service: string, flags: JsonFlag, context: Context): Promise<void> {
  const machine = await runningMachine(name, context);
  using client = new MachineClient(machine.dir);
  const { incidents, bootId } = await client.incidents(service).catch((thrown: unknown) => {
    throw guestError(`Cannot read the incidents of machine "${name}"`, machine, thrown);
  });
  const rows = incidents.map((one) => incidentRow(one, bootId));
  const text = incidents.map((one) => incidentText(one, bootId)).join('\n');
  printResult(context, flags, rows, text === '' ? 'No incidents.\n' : text);
}
