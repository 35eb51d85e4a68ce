import type { ServiceVerb } from '../../machine/client/client.ts';
import { type Readiness, readinessOf } from '../../machine/client/readiness.ts';
import { machineError } from './failure.ts';
import type { GuestCalls } from './guest-calls.ts';
import type { Logs } from './logs.ts';
import type { WaitOptions } from './types/wait.ts';
import { signalOf } from './wait-options.ts';

const verbs: Readonly<Record<ServiceVerb, string>> = {
  startService: 'start',
  stopService: 'stop',
  restartService: 'restart',
};

const usualReadyMs = 300_000;

/**
 * Starts, stops or restarts a service. Resolves when it is ready, or has stopped. @throws MachineError if it
 * fails instead
 */
export async function controlService(
  guest: GuestCalls,
  verb: ServiceVerb,
  service: string,
  logs: Logs,
  options: WaitOptions,
): Promise<void> {
  const { timeoutMs = usualReadyMs, signal } = options;
  const action = `Cannot ${verbs[verb]} service "${service}"`;
  await guest.call(action, signal, async (client) => {
    if (verb !== 'stopService') await logs.restarting(client, service, signalOf(options));
    await client.service(verb, service);
  });
  if (verb === 'stopService') return;
  const readiness = (): Promise<Readiness> =>
    guest.ask(`Cannot ask for service "${service}"`, signal, async (client) => {
      const { services } = await client.status();
      return readinessOf({ services: services.filter(({ name }) => name === service) });
    });
  const isDecided = ({ kind }: Readiness): boolean => kind !== 'waiting';
  const outcome = await guest.until(`ready: "${service}"`, readiness, isDecided, { ...options, timeoutMs });
  if (outcome.kind === 'failed')
    throw await machineError(`${action}: ${outcome.failures.join('; ')}`, guest.place);
}
