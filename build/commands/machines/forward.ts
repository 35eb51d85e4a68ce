import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { program } from '../../cli/program.ts';
import type { Context } from '../../host/context.ts';
import { forwardPorts } from '../../machine/forward/forward-ports.ts';
import { parseForward } from '../../machine/forward/forward-spec.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';

const examples: Examples = {
  rows: [
    ['kit forward t1 8080:web:80', 'port 8080 of this host to port 80 of the service "web"'],
    ['kit forward t1 8080:web:80 6379:db:6379', 'several ports'],
    ['kit forward t1 0:web:80 --json', 'any free port; --json prints which'],
    ['kit forward t1 0.0.0.0:8080:web:80', 'accept connections from other hosts, too'],
    ['kit forward t1 2222:.:22', 'to a port of the machine itself'],
  ],
  notes: `
Connections go to 127.0.0.1 in the network namespace of the service, whose port does not have to be published.
Only this host can connect, unless an address is given. Forwarding continues across restarts of the machine,
until Ctrl-C.`,
};

/** `kit forward`: forwards ports of this host to services. */
export function verb(context: Context): KitCommand {
  const command = program('forward', context)
    .description('Forward ports of this host to services in a running machine.')
    .argument('<machine>', 'name of the machine')
    .argument('<ports...>', '[ADDRESS:]PORT:SERVICE:PORT');
  withJson(command, 'print the list of {address, port, service, servicePort} as JSON')
    .withExamples(examples)
    .action((name: string, ports: string[], flags: JsonFlag) =>
      forwardPorts(name, ports.map(parseForward), flags, context),
    );
  return command;
}
