import { KitError } from '../../../lib/errors/errors.ts';
import { printResult } from '../../cli/print-result.ts';
import type { Context } from '../../host/context.ts';
import { MachineClient, type ServiceVerb } from '../client/client.ts';
import { guestError } from '../client/guest-error.ts';
import { serviceRow } from '../client/services.ts';
import { runningMachine } from '../records/running-machine.ts';

const verbs: Readonly<Record<ServiceVerb, string>> = {
  startService: 'start',
  stopService: 'stop',
  restartService: 'restart',
};

/**
 * Starts, stops or restarts a service, and prints its new state.
 * @throws KitError if the guest cannot do it, or the service has failed again right after its start
 */
export async function controlService(
  verb: ServiceVerb,
  name: string,
  service: string,
  flags: { readonly json?: boolean },
  context: Context,
): Promise<void> {
  const machine = await runningMachine(name, context);
  using client = new MachineClient(machine.dir);
  const action = `Cannot ${verbs[verb]} service "${service}" of machine "${name}"`;
  const status = await client.service(verb, service).catch((thrown: unknown) => {
    throw guestError(action, machine, thrown);
  });
  const { state, pid, lastExit } = status;
  const hasFailed = verb !== 'stopService' && (state === 'failed' || state === 'backoff');
  if (flags.json || !hasFailed) {
    const text = `${service} ${state}${pid === 0 ? '' : ` (pid ${pid})`}\n`;
    printResult(context, flags, serviceRow(status), text);
  }
  if (!hasFailed) return;
  throw new KitError(`${action}: it exits right after its start${lastExit ? ` (${lastExit})` : ''}`, {
    hint: `kit incidents ${name} ${service} shows why`,
  });
}
