import { setTimeout as sleep } from 'node:timers/promises';
import { machineEndsFile } from '../../lib/bundle/network.ts';
import type { Ending } from '../../lib/control/init.ts';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import type { InitContext } from '../context.ts';
import type { EndRequest } from '../end-requests.ts';
import { resolvConfFolder } from '../host/host.ts';
import { type InitStep, runSteps } from '../steps.ts';
import { runTasks } from '../tasks/tasks.ts';
import { unmountDisks } from './unmount.ts';

/** Milliseconds. The supervisor gives up on a service within `eachService` if SIGKILL does not end it. */
const wait = {
  afterTerm: 3000,
  afterKill: 2000,
  poll: 50,
  eachService: 10_000,
  firstMessage: 15_000,
} as const;

/** The state shared by the steps of the shutdown; some steps change it for later ones. */
interface Shutdown extends InitContext {
  finalEnding: Ending;
  /**
   * How long the other processes get after SIGTERM: services that were not stopped need their own time-outs.
   */
  termMs: number;
}

const steps: readonly InitStep<Shutdown>[] = [
  { name: 'announce', onError: 'continue', run: markEnding },
  { name: 'stop services', onError: 'continue', run: stopServices },
  { name: 'onshutdown', onError: 'continue', run: runOnshutdown },
  { name: 'stop the rest', onError: 'continue', run: stopRest },
  { name: 'unmount', onError: 'continue', run: unmountDisks },
];

/** Ends the machine, in order and past all failures. Returns only if reboot(2) fails. */
export async function endMachine({ ending, by }: EndRequest, init: InitContext): Promise<void> {
  const { console, system, requests } = init;
  console.log(`${ending}, requested by ${by}`);
  init.daemons.watchdog?.shutdownBegins();
  // A second request cuts waiting short but skips no step: disks have to be unmounted in any case.
  const shutdown: Shutdown = {
    ...init,
    ending: requests.skipWaiting,
    finalEnding: ending,
    termMs: wait.afterTerm,
  };
  await runSteps(steps, shutdown, new AbortController().signal);
  system.sync();
  init.daemons.watchdog?.stop();
  console.log(`${shutdown.finalEnding} now, after ${(system.uptimeMs() / 1000).toFixed(1)} s`);
  if (shutdown.finalEnding === 'reboot') startLoadedKernel(shutdown);
  system.reboot(shutdown.finalEnding);
}

/** A kernel that kexec(8) has loaded takes the place of the firmware. Returns if there is none. */
function startLoadedKernel({ system, console }: Shutdown): void {
  if (system.files.read('/sys/kernel/kexec_loaded')?.trim() !== '1') return;
  try {
    system.reboot('kexec');
  } catch (thrown) {
    console.log(`cannot start the kernel that kexec has loaded: ${reasonOf(thrown)}`);
  }
}

/** Services that are only restarted keep what they have leased. */
function markEnding({ system }: Shutdown): undefined {
  system.files.markOfService(resolvConfFolder, machineEndsFile);
}

async function stopServices(shutdown: Shutdown): Promise<undefined> {
  const { daemons, requests, system } = shutdown;
  const timeouts = new Map(
    system.readBundles('services').map(({ name, runtime }) => [name, runtime.kit.stopTimeoutMs]),
  );
  const limitMs = (service?: string): number =>
    service === undefined ? wait.firstMessage : (timeouts.get(service) ?? 0) + wait.eachService;
  const stopped = daemons.supervisor?.stop(limitMs);
  const skipped = aborted(requests.skipWaiting).then(() => 'a second request cut it short');
  const reason = await Promise.race([stopped, skipped]);
  if (reason === undefined) return;
  if (!requests.skipWaiting.aborted) shutdown.termMs = Math.max(wait.afterTerm, ...timeouts.values());
  throw new KitError(reason);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

async function runOnshutdown(shutdown: Shutdown): Promise<string> {
  const { summary, request } = await runTasks('onshutdown', shutdown);
  shutdown.finalEnding = request?.ending ?? shutdown.finalEnding;
  return summary;
}

/** Ends all other processes: containerd, the supervisor, shims, and those left by onboot containers. */
async function stopRest({ system, daemons, termMs }: Shutdown): Promise<string | undefined> {
  daemons.supervisor?.stopRestarting();
  daemons.containerd?.stopRestarting();
  system.signalAll('SIGTERM');
  // A stopped process handles SIGTERM only after SIGCONT.
  system.signalAll('SIGCONT');
  if (await noneLeft(system, termMs)) return undefined;
  const killed = processNames(system);
  system.signalAll('SIGKILL');
  if (await noneLeft(system, wait.afterKill)) return `${killed} killed`;
  throw new KitError(`SIGKILL does not end ${processNames(system)}`);
}

async function noneLeft(system: InitContext['system'], limitMs: number): Promise<boolean> {
  const until = system.uptimeMs() + limitMs;
  while (system.otherProcesses().length > 0) {
    if (system.uptimeMs() >= until) return false;
    await sleep(wait.poll);
  }
  return true;
}

/** Keeps the list on one line of the console. */
const maxNames = 8;

/** The names of all other processes: `containerd, 2 sleep` */
function processNames({ otherProcesses, files }: InitContext['system']): string {
  const names = otherProcesses().map((pid) => files.read(`/proc/${pid}/comm`)?.trim() ?? `process ${pid}`);
  const counted = [...Map.groupBy(names, (name) => name)].map(([name, { length }]) =>
    length === 1 ? name : `${length} ${name}`,
  );
  return [...counted.slice(0, maxNames), ...(counted.length > maxNames ? ['and others'] : [])].join(', ');
}
