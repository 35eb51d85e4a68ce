import type { Context } from '../../host/context.ts';
import { MachineClient } from '../../machine/client/client.ts';
import { incidentRow, incidentText } from '../../machine/logs/incidents.ts';
import { parse, program } from '../flags/program.ts';
import { guestError, runningMachine } from '../flags/service.ts';

const examples = `
Examples:
  kit incidents t1           what failed in t1, with the end of its log or its stack
  kit incidents t1 web       the same of one service
  kit incidents --json t1    a list of {service, what, firstMs, lastMs, count, bootId, earlierBoot, stack, lines}`;

/** `kit incidents`: what is kept of the failures of a machine's services. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  const command = program('incidents', context)
    .description('Show what failed in a machine, and why.')
    .argument('<machine>', 'name of the machine')
    .argument('[service]', 'name of a service')
    .option('--json', 'print JSON')
    .addHelpText('after', examples)
    .action((name: string, service: string | undefined, flags: { readonly json?: boolean }) =>
      show(name, service ?? '', flags.json === true, context),
    );
  return parse(command, args);
}

async function show(name: string, service: string, json: boolean, context: Context): Promise<void> {
  const machine = await runningMachine(name, context);
  using client = new MachineClient(machine.dir);
  const { incidents, bootId } = await client.incidents(service).catch((thrown: unknown) => {
    throw guestError(`Cannot read the incidents of machine "${name}"`, machine, thrown);
  });
  if (json) context.stdout.write(`${JSON.stringify(incidents.map((one) => incidentRow(one, bootId)))}\n`);
  else
    context.stdout.write(
      incidents.length > 0 ? incidents.map((one) => incidentText(one, bootId)).join('\n') : 'No incidents.\n',
    );
}
