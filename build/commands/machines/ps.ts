import { publishText } from '../../backend/request/publish.ts';
import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { printResult } from '../../cli/print-result.ts';
import { program } from '../../cli/program.ts';
import type { Context } from '../../host/context.ts';
import { durationText } from '../../host/duration.ts';
import { table } from '../../host/table.ts';
import { serviceLines } from '../../machine/client/services.ts';
import { type MachineRow, machineRow } from '../../machine/lifecycle/machine-row.ts';
import { isLive, listMachines } from '../../machine/records/find.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';

interface Flags extends JsonFlag {
  readonly all?: boolean;
}

const examples: Examples = {
  rows: [
    ['kit ps', 'the running machines, with their services'],
    ['kit ps -a', 'machines that have ended, too'],
    [
      'kit ps --json',
      'a list of {name, state, uptimeS, publish, cluster, group, services: [{name, section, state, …}]}',
    ],
  ],
};

/** `kit ps`: lists machines and their services. */
export function verb(context: Context): KitCommand {
  const command = program('ps', context)
    .description('List machines and their services.')
    .option('-a, --all', 'include machines that have ended');
  withJson(command)
    .withExamples(examples)
    .action((flags: Flags) => list(flags, context));
  return command;
}

async function list(flags: Flags, context: Context): Promise<void> {
  const machines = await listMachines(context.env);
  const rows = await Promise.all(machines.filter((machine) => flags.all || isLive(machine)).map(machineRow));
  const text = rows.length > 0 ? sections(rows).join('\n') : noMachines(flags.all);
  printResult(context, flags, rows, text);
}

/** Machines that belong to no cluster, then those of each cluster below its name, by groups. */
function sections(rows: readonly MachineRow[]): string[] {
  const byCluster = Map.groupBy(rows, ({ cluster }) => cluster);
  const single = (byCluster.get(null) ?? []).map(machineText);
  const clusters = [...byCluster].filter(([cluster]) => cluster !== null);
  return [
    ...single,
    ...clusters.flatMap(([cluster, members]) => [`cluster ${cluster}\n`, ...members.map(machineText)]),
  ];
}

const noMachines = (all = false): string =>
  all ? 'No machines.\n' : 'No running machines; kit ps -a lists those that have ended.\n';

function machineText({ name, group, state, uptimeS, publish, services, reason }: MachineRow): string {
  const facts = [
    name,
    ...(group === null ? [] : [group]),
    state,
    ...(uptimeS > 0 ? [`up ${durationText(uptimeS)}`] : []),
    ...publish.map(publishText),
    ...(reason ? [`(${reason})`] : []),
  ];
  const below = services.length > 0 ? table(serviceLines(services)).replaceAll(/^/gm, '  ').trimEnd() : '';
  return `${facts.join('  ')}\n${below}${below ? '\n' : ''}`;
}
