import { publishText } from '../../backend/request/publish.ts';
import type { Context } from '../../host/context.ts';
import { durationText } from '../../host/duration.ts';
import { table } from '../../host/table.ts';
import { serviceLines } from '../../machine/client/services.ts';
import { type MachineRow, machineRow } from '../../machine/lifecycle/machine-row.ts';
import { isLive, listMachines } from '../../machine/records/find.ts';
import { parse, program } from '../flags/program.ts';

interface Flags {
  readonly json?: boolean;
  readonly all?: boolean;
}

const examples = `
Examples:
  kit ps              the machines that run, and the services in each
  kit ps -a           those that have ended too
  kit ps --json       a list of {name, state, uptimeS, publish, services: [{name, section, state, …}]}`;

/** `kit ps`: machines and their services. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  const command = program('ps', context)
    .description('List machines and their services.')
    .option('-a, --all', 'machines that have ended too')
    .option('--json', 'print JSON')
    .addHelpText('after', examples)
    .action((flags: Flags) => list(flags, context));
  return parse(command, args);
}

async function list({ json, all }: Flags, { env, stdout }: Context): Promise<void> {
  const machines = await listMachines(env);
  const rows = await Promise.all(machines.filter((machine) => all || isLive(machine)).map(machineRow));
  if (json) stdout.write(`${JSON.stringify(rows)}\n`);
  else stdout.write(rows.length > 0 ? rows.map(machineText).join('\n') : noMachines(all));
}

const noMachines = (all = false): string =>
  all ? 'No machines.\n' : 'No machines run; kit ps -a lists those that have ended.\n';

function machineText({ name, state, uptimeS, publish, services, reason }: MachineRow): string {
  const facts = [
    name,
    state,
    ...(uptimeS > 0 ? [`up ${durationText(uptimeS)}`] : []),
    ...publish.map(publishText),
    ...(reason ? [`(${reason})`] : []),
  ];
  const below = services.length > 0 ? table(serviceLines(services)).replaceAll(/^/gm, '  ').trimEnd() : '';
  return `${facts.join('  ')}\n${below}${below ? '\n' : ''}`;
}
