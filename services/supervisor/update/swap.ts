import { status } from '@grpc/grpc-js';
import type { Bundle } from '../../../lib/bundle/read.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import { printLine } from '../../../lib/log/print-line.ts';
import type { UpdatePlan } from '../../../lib/updates/plan.ts';
import { rpcError } from '../calls/rpc-error.ts';
import type { Driver } from '../service/driver.ts';
import { policyOf } from '../service/restore.ts';
import type { Runner } from '../service/runner.ts';
import { changeOr, type Fault, type Patience, untilSteady } from './steady.ts';

/** What happens to a service; `failed`: it is the reason why the earlier ones run again. */
export type OnProgress = (service: string, state: 'stopping' | 'starting' | 'ready' | 'failed') => void;

export interface SwapFailure extends Fault {
  /** Earlier services that are not ready again. */
  readonly down: readonly string[];
}

/** The runners of all services of a set, by name. */
type Runners = ReadonlyMap<string, Runner>;

/** How long earlier services have to be ready again, in milliseconds. */
const restore: Patience = { readyMs: 60_000, steadyMs: 0 };

const pollMs = 1000;

/**
 * Replaces services: stops those that change, in reverse order of their start, then starts the new ones as at
 * the boot, each after those that it waits for. If they do not become ready and stay so, the earlier ones run
 * again.
 * @param next the runners of the new set; those of services that stay as they are among them
 * @throws RpcError if the machine shuts down before anything is replaced
 */
export async function swapServices(
  driver: Driver,
  plan: UpdatePlan,
  next: Runners,
  patience: Patience,
  onProgress: OnProgress,
): Promise<SwapFailure | undefined> {
  const before = driver.runners;
  const old = [...plan.changed, ...plan.removed];
  const fresh = [...plan.changed, ...plan.added];
  const stopped = new Set(old.filter((name) => driver.service(name)?.wanted === false));
  const start = (runners: Runners, names: readonly string[]): void => {
    const bundles = [...runners.values()].map(({ bundle }) => bundle);
    driver.replace(replaced(bundles, names, stopped), runners);
    for (const name of names) if (!stopped.has(name)) onProgress(name, 'starting');
  };
  await stopServices(driver, old, onProgress);
  await retire(before, old);
  start(next, fresh);
  const fault = await untilSteady(driver, fresh, patience, (name) => onProgress(name, 'ready'));
  if (!fault) {
    for (const name of fresh) next.get(name)?.log.write('kit', ['runs as the update has it']);
    return undefined;
  }
  if (driver.state.stage !== 'up') return { ...fault, down: [] };
  onProgress(fault.service, 'failed');
  keepIncident(driver, fault);
  await stopServices(driver, fresh, onProgress);
  await retire(next, fresh);
  start(before, old);
  await untilSteady(driver, old, restore, (name) => onProgress(name, 'ready'));
  return { ...fault, down: old.filter((name) => isDown(driver, name)) };
}

const replaced = (bundles: readonly Bundle[], fresh: readonly string[], stopped: ReadonlySet<string>) =>
  bundles.map((bundle) => ({
    name: bundle.name,
    policy: policyOf(bundle),
    fresh: fresh.includes(bundle.name),
    wanted: !stopped.has(bundle.name),
  }));

/** One after the other, the last one in the order of starts first. A client may have started one again. */
async function stopServices(driver: Driver, names: readonly string[], onProgress: OnProgress): Promise<void> {
  const all = driver.state.services.filter(({ name }) => names.includes(name));
  for (const { name } of all.toReversed()) {
    if (driver.service(name)?.live) onProgress(name, 'stopping');
    for (;;) {
      if (driver.state.stage !== 'up') throw shuttingDown();
      const { phase = 'stopped', wanted = false } = driver.service(name) ?? {};
      if (phase === 'stopped' || phase === 'failed') break;
      if (phase !== 'stopping' || wanted) driver.dispatch({ kind: 'stop', name });
      if (driver.service(name)?.phase === 'stopping') await changeOr(driver, pollMs);
    }
  }
}

const shuttingDown = () =>
  rpcError(
    status.UNAVAILABLE,
    'Cannot update: the machine shuts down, and runs its earlier services until then',
  );

const retire = (runners: Runners, names: readonly string[]): Promise<unknown> =>
  Promise.all(names.map((name) => runners.get(name)?.retire()));

/** On a full or broken disk the incident is lost, but the earlier services run again. */
function keepIncident(driver: Driver, { service, what }: Fault): void {
  printLine(`update failed: service "${service}" ${what}; the earlier services run again`, 2);
  const runner = driver.runners.get(service);
  try {
    driver.incidents.add(service, `update failed: ${what}`, runner?.runPid);
  } catch (thrown) {
    runner?.log.write('kit', [`cannot keep the incident: ${reasonOf(thrown)}`]);
  }
}

function isDown(driver: Driver, name: string): boolean {
  const { wanted = false, phase = 'stopped', reached = false } = driver.service(name) ?? {};
  return wanted && phase !== 'ready' && !(phase === 'stopped' && reached);
}
