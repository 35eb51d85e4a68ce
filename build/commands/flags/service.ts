import { KitError } from '../../../lib/errors/errors.ts';
import type { Context } from '../../host/context.ts';
import { MachineClient, type ServiceVerb } from '../../machine/client/client.ts';
import { grpcReason, isNotAllowed, isUnavailable } from '../../machine/client/grpc-errors.ts';
import { serviceRow } from '../../machine/client/services.ts';
import { findMachine, isLive, isRemote, type Machine } from '../../machine/records/find.ts';

const verbs: Readonly<Record<ServiceVerb, string>> = {
  startService: 'start',
  stopService: 'stop',
  restartService: 'restart',
};

/**
 * Tells the guest to start, stop or restart a service, and prints what became of it. @throws KitError when the guest does
 * not do it, or it did not help: the service is down again
 */
export async function tellService(
  verb: ServiceVerb,
  name: string,
  service: string,
  { json }: { readonly json?: boolean },
  context: Context,
): Promise<void> {
  const machine = await runningMachine(name, context);
  using client = new MachineClient(machine.dir);
  const action = `Cannot ${verbs[verb]} service "${service}" of machine "${name}"`;
  const told = await client.service(verb, service).catch((thrown: unknown) => {
    throw guestError(action, machine, thrown);
  });
  const { state, pid, lastExit } = told;
  if (json) context.stdout.write(`${JSON.stringify(serviceRow(told))}\n`);
  if (verb !== 'stopService' && (state === 'failed' || state === 'backoff')) {
    throw new KitError(`${action}: it does not stay up${lastExit ? ` (${lastExit})` : ''}`, {
      hint: `kit incidents ${name} ${service} shows why`,
    });
  }
  if (!json) context.stdout.write(`${service} ${state}${pid === 0 ? '' : ` (pid ${pid})`}\n`);
}

/** The machine of that name. @throws KitError when it does not run */
export async function runningMachine(name: string, { env }: Context): Promise<Machine> {
  const machine = await findMachine(env, name);
  if (isLive(machine)) return machine;
  throw new KitError(`Cannot reach machine "${name}": it has ended (${machine.record.reason})`, {
    hint: 'kit ps lists the machines that run',
  });
}

/** What the guest answered, or that it did not, as an error for a person. */
export function guestError(action: string, machine: Machine, thrown: unknown): KitError {
  const { name } = machine.record;
  const console = isRemote(machine) ? undefined : `kit logs --console ${name} shows what the guest says`;
  const services = isNotAllowed(thrown) ? undefined : `kit ps lists the services of ${name}`;
  const hint = isUnavailable(thrown) ? console : services;
  return new KitError(`${action}: ${grpcReason(thrown)}`, { hint, cause: thrown });
}
