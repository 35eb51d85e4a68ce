import { once } from 'node:events';
import type { Socket } from 'node:net';
import { KitError } from '../../../lib/errors/errors.ts';
import { printNotice, printResult } from '../../cli/print-result.ts';
import type { Context } from '../../host/context.ts';
import { MachineClient } from '../client/client.ts';
import { grpcReason, isReset, isUnavailable } from '../client/grpc-errors.ts';
import type { Machine } from '../records/find.ts';
import { runningMachine } from '../records/running-machine.ts';
import { forwardConnection } from './connection.ts';
import { type ForwardSpec, targetName } from './forward-spec.ts';
import { openForwards } from './open-forwards.ts';

/**
 * Forwards ports of this host to a machine until the signal is aborted. @throws KitError for an unknown
 * service
 */
export async function forwardPorts(
  name: string,
  wanted: readonly ForwardSpec[],
  flags: { readonly json?: boolean },
  context: Context,
): Promise<void> {
  const machine = await runningMachine(name, context);
  await checkServices(machine, wanted);
  await using forwards = await openForwards(wanted, (socket, one) => carry(socket, one, machine, context));
  const text = forwards.open.map((one) => forwardText(one, name)).join('');
  printResult(context, flags, forwards.open, text);
  if (!context.signal.aborted) await once(context.signal, 'abort');
}

/**
 * Reports a mistyped name at once. A machine that is still booting may not respond yet, and is not checked.
 */
async function checkServices({ dir, record }: Machine, wanted: readonly ForwardSpec[]): Promise<void> {
  using client = new MachineClient(dir);
  const status = await client.status().catch((thrown: unknown) => {
    if (!isUnavailable(thrown)) throw thrown;
  });
  const names = status?.services.filter(({ section }) => section === 'services').map(({ name }) => name);
  const unknown = wanted.find(({ service }) => service !== '' && names && !names.includes(service));
  if (!unknown) return;
  throw new KitError(
    `Cannot forward to service "${unknown.service}": machine "${record.name}" has no such service`,
    { hint: `its services: ${names?.join(', ')}` },
  );
}

/** Prints why a connection failed; later ones may succeed. */
async function carry(
  socket: Socket,
  one: ForwardSpec,
  { dir, record }: Machine,
  context: Context,
): Promise<void> {
  try {
    await forwardConnection(socket, dir, one);
  } catch (thrown) {
    const reason = await failure(record.name, thrown, context);
    if (reason) printNotice(context, `${targetName(record.name, one)}: ${reason}`);
  }
}

/** Undefined if the service reset the connection, which is not an error of kit. */
async function failure(name: string, thrown: unknown, context: Context): Promise<string | undefined> {
  if (context.signal.aborted || isReset(thrown)) return undefined;
  const state = await runningMachine(name, context).catch((error: unknown) => error);
  if (state instanceof KitError) return state.message;
  return isUnavailable(thrown) ? `Cannot reach machine "${name}": ${grpcReason(thrown)}` : grpcReason(thrown);
}

function forwardText(one: ForwardSpec, machine: string): string {
  const host = one.address.includes(':') ? `[${one.address}]` : one.address;
  return `${host}:${one.port} leads to ${targetName(machine, one)}\n`;
}
