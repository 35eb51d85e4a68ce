import { once } from 'node:events';
import type { Socket } from 'node:net';
import { KitError } from '../../../lib/errors/errors.ts';
import type { Context } from '../../host/context.ts';
import { MachineClient } from '../../machine/client/client.ts';
import { grpcReason, isReset, isUnavailable } from '../../machine/client/grpc-errors.ts';
import { forwardConnection } from '../../machine/forward/connection.ts';
import { type ForwardSpec, parseForward, targetName } from '../../machine/forward/forward-spec.ts';
import { openForwards } from '../../machine/forward/open-forwards.ts';
import type { Machine } from '../../machine/records/find.ts';
import { parse, program } from '../flags/program.ts';
import { runningMachine } from '../flags/service.ts';

const examples = `
Examples:
  kit forward t1 8080:web:80               port 8080 of this host leads to port 80 of the service "web"
  kit forward t1 8080:web:80 6379:db:6379  several at once
  kit forward t1 0:web:80 --json           any port that is free, told as JSON
  kit forward t1 0.0.0.0:8080:web:80       for other hosts, too
  kit forward t1 2222:.:22                 a port of the machine itself, not of a service

SERVICE's port is one of 127.0.0.1 as the service sees it; nothing has to be published. Only this host can connect unless
an address is given. It goes on while the machine restarts, until Ctrl-C.`;

/** `kit forward`: ports of this host that lead to ports of services. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  const command = program('forward', context)
    .description('Let ports of this host lead to ports of services in a running machine.')
    .argument('<machine>', 'name of the machine')
    .argument('<ports...>', '[ADDRESS:]PORT:SERVICE:PORT')
    .option('--json', 'print the list of {address, port, service, servicePort} as JSON')
    .addHelpText('after', examples)
    .action((name: string, ports: string[], flags: { readonly json?: boolean }) =>
      forward(name, ports.map(parseForward), flags.json === true, context),
    );
  return parse(command, args);
}

async function forward(
  name: string,
  wanted: readonly ForwardSpec[],
  json: boolean,
  context: Context,
): Promise<void> {
  const machine = await runningMachine(name, context);
  await checkServices(machine, wanted);
  await using forwards = await openForwards(wanted, (socket, one) => carry(socket, one, machine, context));
  context.stdout.write(
    json ? `${JSON.stringify(forwards.open)}\n` : forwards.open.map((one) => shown(one, name)).join(''),
  );
  if (!context.signal.aborted) await once(context.signal, 'abort');
}

/** A name that is wrong is told at once. A machine that is still starting may say nothing yet. */
async function checkServices({ dir, record }: Machine, wanted: readonly ForwardSpec[]): Promise<void> {
  using client = new MachineClient(dir);
  const status = await client.status().catch((thrown: unknown) => {
    if (!isUnavailable(thrown)) throw thrown;
  });
  const names = status?.services.filter(({ section }) => section === 'services').map(({ name }) => name);
  const wrong = wanted.find(({ service }) => service !== '' && names && !names.includes(service));
  if (!wrong) return;
  throw new KitError(
    `Cannot forward to service "${wrong.service}": machine "${record.name}" has none of that name`,
    {
      hint: `its services: ${names?.join(', ')}`,
    },
  );
}

/** One sentence when the connection could not be had: others may fare better. */
async function carry(
  socket: Socket,
  one: ForwardSpec,
  { dir, record }: Machine,
  context: Context,
): Promise<void> {
  try {
    await forwardConnection(socket, dir, one);
  } catch (thrown) {
    const why = await failure(record.name, thrown, context);
    if (why) context.stderr.write(`kit: ${targetName(record.name, one)}: ${why}\n`);
  }
}

/** Undefined when the service broke the connection off, as services do. */
async function failure(name: string, thrown: unknown, context: Context): Promise<string | undefined> {
  if (context.signal.aborted || isReset(thrown)) return undefined;
  const state = await runningMachine(name, context).catch((error: unknown) => error);
  if (state instanceof KitError) return state.message;
  return isUnavailable(thrown) ? `Cannot reach machine "${name}": ${grpcReason(thrown)}` : grpcReason(thrown);
}

const shown = (one: ForwardSpec, machine: string): string => {
  const host = one.address.includes(':') ? `[${one.address}]` : one.address;
  return `${host}:${one.port} leads to ${targetName(machine, one)}\n`;
};
