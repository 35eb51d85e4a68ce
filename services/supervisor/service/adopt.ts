import { setTimeout as pause } from 'node:timers/promises';
import type { Containerd, Task } from '../../../lib/containerd/client.ts';
import { isAway } from '../../../lib/containerd/errors.ts';
import type { Driver } from './driver.ts';
import type { Kept } from './keep.ts';
import type { Runner } from './runner.ts';

/**
 * Takes over what an earlier supervisor left: running tasks go on, those that died meanwhile count as dead, and what is
 * neither is cleared away. On a machine that has just started there is nothing, at the price of one call a namespace.
 */
export async function adoptTasks(driver: Driver, containerd: Containerd, kept: Kept): Promise<void> {
  const runners = [...driver.runners.values()];
  const byNamespace = Map.groupBy(runners, ({ bundle }) => bundle.runtime.namespace);
  for (const [namespace, members] of byNamespace) {
    const tasks = new Map((await listTasks(containerd, namespace)).map((task) => [task.id, task]));
    const adoptions = members.map((runner) => adoptOne(driver, runner, tasks.get(runner.bundle.name), kept));
    await Promise.all(adoptions);
  }
}

/** containerd may still be starting. */
async function listTasks(containerd: Containerd, namespace: string): Promise<Task[]> {
  for (;;) {
    try {
      return await containerd.listTasks(namespace);
    } catch (thrown) {
      if (!isAway(thrown)) throw thrown;
      await pause(100);
    }
  }
}

async function adoptOne(driver: Driver, runner: Runner, task: Task | undefined, kept: Kept): Promise<void> {
  const { name } = runner.bundle;
  const before = kept.services[name];
  if (task?.state === 'created') return runner.remove(task);
  if (!task && !before?.pid) return;
  const pid = task?.pid ?? before?.pid ?? 0;
  if (task) await runner.adopt(task);
  driver.dispatch({ kind: 'adopted', name, pid, nowMs: before?.startedMs ?? 0 });
  // A task that has ended, or is gone, answers at once.
  void driver.watch(runner, driver.service(name)?.run ?? 0);
}
