import { setTimeout as sleep } from 'node:timers/promises';
import { readBundles } from '../lib/bundle/read.ts';
import { KitError, reasonOf } from '../lib/errors/errors.ts';
import type { MountedAt } from '../lib/linux/mountinfo.ts';
import type { EndRequest } from './end-requests.ts';
import type { Init } from './phases.ts';
import { runSteps, type Step } from './steps.ts';
import { runTasks } from './tasks.ts';

/** Milliseconds. */
const wait = { afterTerm: 3000, afterKill: 2000, look: 50, eachService: 2000, supervisor: 5000 } as const;

const steps: readonly Step<Init>[] = [
  { name: 'stop services', ifItFails: 'go on', run: stopServices },
  { name: 'onshutdown', ifItFails: 'go on', run: async (init) => (await runTasks('onshutdown', init)).done },
  { name: 'stop the rest', ifItFails: 'go on', run: stopRest },
  { name: 'unmount', ifItFails: 'go on', run: unmountDisks },
];

/** Ends the machine, in order and whatever fails on the way. Returns only if the kernel refuses. */
export async function endMachine({ ending, by }: EndRequest, init: Init): Promise<void> {
  const { console, kernel, requests } = init;
  console.say(`${ending}, asked for by ${by}`);
  // The steps of the end are themselves cut short only by a second request.
  await runSteps(steps, { ...init, ending: requests.hurry });
  kernel.sync();
  console.say(`${ending} now, after ${(kernel.uptimeMs() / 1000).toFixed(1)} s`);
  kernel.reboot(ending);
}

async function stopServices({ daemons, requests }: Init): Promise<undefined> {
  const limits = readBundles('services').map(({ runtime }) => runtime.kit.stopTimeoutMs + wait.eachService);
  const limitMs = limits.reduce((sum, limit) => sum + limit, wait.supervisor);
  const stopped = daemons.supervisor?.stop(limitMs) ?? Promise.resolve();
  await Promise.race([stopped, aborted(requests.hurry)]);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** All that is left: containerd, the supervisor, shims, and what onboot left behind. */
async function stopRest({ kernel, daemons }: Init): Promise<string | undefined> {
  daemons.supervisor?.release();
  daemons.containerd?.release();
  kernel.signalAll('SIGTERM');
  if (await noneLeft(kernel, wait.afterTerm)) return undefined;
  const stubborn = kernel.others().length;
  kernel.signalAll('SIGKILL');
  if (await noneLeft(kernel, wait.afterKill)) return `${stubborn} killed`;
  throw new KitError(`${kernel.others().length} processes do not die`);
}

async function noneLeft(kernel: Init['kernel'], limitMs: number): Promise<boolean> {
  const until = kernel.uptimeMs() + limitMs;
  while (kernel.others().length > 0) {
    if (kernel.uptimeMs() >= until) return false;
    await sleep(wait.look);
  }
  return true;
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
function holdsData({ type, source, target }: MountedAt): boolean {
  if (target === '/' || unchanging.includes(type)) return false;
  const onDisk = source.startsWith('/dev/') && !source.startsWith('/dev/loop');
  return onDisk || type === 'overlay' || remote.includes(type) || type.startsWith('fuse.');
}
