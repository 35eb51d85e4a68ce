import { setTimeout as sleep } from 'node:timers/promises';
import { readBundles } from '../../lib/bundle/read.ts';
import type { Ending } from '../../lib/control/init.ts';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import type { MountInfo } from '../../lib/linux/mount/mountinfo.ts';
import type { Init } from '../phases.ts';
import { runSteps, type Step } from '../steps.ts';
import { runTasks } from '../tasks/tasks.ts';
import type { EndRequest } from './end-requests.ts';

/** Milliseconds. A service that SIGKILL does not end is given up within `eachService`, by the supervisor. */
const wait = { afterTerm: 3000, afterKill: 2000, look: 50, eachService: 10_000, firstWord: 15_000 } as const;

/** A machine on its way down. What the steps find out changes how it goes on. */
interface Going extends Init {
  how: Ending;
  /** How long what is left may take over SIGTERM: services that nobody stopped have their own time. */
  termMs: number;
}

const steps: readonly Step<Going>[] = [
  { name: 'stop services', ifItFails: 'go on', run: stopServices },
  { name: 'onshutdown', ifItFails: 'go on', run: runOnshutdown },
  { name: 'stop the rest', ifItFails: 'go on', run: stopRest },
  { name: 'unmount', ifItFails: 'go on', run: unmountDisks },
];

/** Ends the machine, in order and whatever fails on the way. Returns only if the kernel refuses. */
export async function endMachine({ ending, by }: EndRequest, init: Init): Promise<void> {
  const { console, kernel, requests } = init;
  console.say(`${ending}, asked for by ${by}`);
  // A second request cuts the waiting short, and no step: disks are taken off in any hurry.
  const going: Going = { ...init, ending: requests.hurry, how: ending, termMs: wait.afterTerm };
  await runSteps(steps, going, new AbortController().signal);
  kernel.sync();
  console.say(`${going.how} now, after ${(kernel.uptimeMs() / 1000).toFixed(1)} s`);
  kernel.reboot(going.how);
}

async function stopServices(going: Going): Promise<undefined> {
  const { daemons, requests } = going;
  const times = new Map(
    readBundles('services').map(({ name, runtime }) => [name, runtime.kit.stopTimeoutMs]),
  );
  const limitMs = (service?: string): number =>
    service === undefined ? wait.firstWord : (times.get(service) ?? 0) + wait.eachService;
  const stopped = daemons.supervisor?.stop(limitMs);
  const why = await Promise.race([stopped, aborted(requests.hurry).then(() => 'there is a hurry')]);
  if (why === undefined) return;
  if (!requests.hurry.aborted) going.termMs = Math.max(wait.afterTerm, ...times.values());
  throw new KitError(why);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

async function runOnshutdown(going: Going): Promise<string> {
  const { done, request } = await runTasks('onshutdown', going);
  going.how = request?.ending ?? going.how;
  return done;
}

/** All that is left: containerd, the supervisor, shims, and what onboot left behind. */
async function stopRest({ kernel, daemons, termMs }: Going): Promise<string | undefined> {
  daemons.supervisor?.release();
  daemons.containerd?.release();
  kernel.signalAll('SIGTERM');
  // Who is stopped takes a signal only when he goes on.
  kernel.signalAll('SIGCONT');
  if (await noneLeft(kernel, termMs)) return undefined;
  const stubborn = namesOf(kernel);
  kernel.signalAll('SIGKILL');
  if (await noneLeft(kernel, wait.afterKill)) return `${stubborn} killed`;
  throw new KitError(`SIGKILL does not end ${namesOf(kernel)}`);
}

async function noneLeft(kernel: Init['kernel'], limitMs: number): Promise<boolean> {
  const until = kernel.uptimeMs() + limitMs;
  while (kernel.others().length > 0) {
    if (kernel.uptimeMs() >= until) return false;
    await sleep(wait.look);
  }
  return true;
}

/** Names on one line of the console. */
const mostNames = 8;

/** `containerd, 2 sleep` */
function namesOf({ others, files }: Init['kernel']): string {
  const names = others().map((pid) => files.read(`/proc/${pid}/comm`)?.trim() ?? `process ${pid}`);
  const counted = [...Map.groupBy(names, (name) => name)].map(([name, { length }]) =>
    length === 1 ? name : `${length} ${name}`,
  );
  return [...counted.slice(0, mostNames), ...(counted.length > mostNames ? ['and others'] : [])].join(', ');
}

/**
 * Takes file systems on disks and servers off, those mounted last first; one that is still held is made read-only, so
 * that it is clean all the same. The root stands on read-only layers, which need nothing.
 */
function unmountDisks({ kernel, console }: Init): string | undefined {
  kernel.sync();
  // Making a disk read-only there would reach the machine around the container.
  if (!kernel.ownsMachine()) return 'not ours';
  const disks = kernel.listMounts().filter(holdsData).reverse();
  for (const { target } of disks) {
    try {
      kernel.unmountNow(target);
    } catch (busy) {
      try {
        kernel.remountReadOnly(target);
      } catch {
        console.say(`Cannot unmount "${target}": ${reasonOf(busy)}`);
      }
    }
  }
  return disks.map(({ target }) => target).join(', ') || undefined;
}

const remote = ['nfs', 'nfs4', 'cifs', '9p', 'virtiofs', 'ceph'];

/** Never written to, and what the root stands on may lie there (kernel+squashfs and the like). */
const unchanging = ['squashfs', 'erofs', 'iso9660', 'udf'];

/** overlay: its upper folder may lie on a disk, which it then holds. */
function holdsData({ type, source, target }: MountInfo): boolean {
  if (target === '/' || unchanging.includes(type)) return false;
  const onDisk = source.startsWith('/dev/') && !source.startsWith('/dev/loop');
  return onDisk || type === 'overlay' || remote.includes(type) || type.startsWith('fuse.');
}
