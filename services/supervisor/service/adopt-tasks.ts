import { setTimeout as pause } from 'node:timers/promises';
import type { Containerd, ContainerId, Task } from '../../../lib/containerd/client.ts';
import { isAway } from '../../../lib/containerd/errors.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import { printLine } from '../../../lib/log/print-line.ts';
import { removeContainer } from '../exec/remove-container.ts';
import type { Driver } from './driver.ts';
import type { Runner } from './runner.ts';
import type { SavedState } from './state-file.ts';

/**
 * Adopts the tasks of an earlier supervisor: running ones continue, those that have ended meanwhile are
 * reported as exited, and half-created ones are removed. For the first supervisor of a boot this is one call
 * for each namespace.
 * @param interrupted containers of an update that an earlier supervisor did not bring to its end: they are
 *   removed, and the services start again as they were before
 */
export async function adoptTasks(
  driver: Driver,
  containerd: Containerd,
  saved: SavedState,
  interrupted: readonly ContainerId[] = [],
): Promise<void> {
  const runners = [...driver.runners.values()];
  for (const id of interrupted) await removeInterrupted(containerd, id);
  const byNamespace = Map.groupBy(runners, ({ bundle }) => bundle.runtime.namespace);
  for (const [namespace, members] of byNamespace) {
    const tasks = new Map((await listTasks(containerd, namespace)).map((task) => [task.id, task]));
    const adoptions = members.map((runner) => adopt(driver, runner, tasks.get(runner.bundle.name), saved));
    await Promise.all(adoptions);
  }
}

async function removeInterrupted(containerd: Containerd, id: ContainerId): Promise<void> {
  await listTasks(containerd, id.namespace);
  try {
    await removeContainer(containerd, id);
  } catch (thrown) {
    printLine(`supervisor: cannot remove container "${id.id}": ${reasonOf(thrown)}`, 2);
  }
}

/** Retries while containerd is still starting. */
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

async function adopt(
  driver: Driver,
  runner: Runner,
  task: Task | undefined,
  saved: SavedState,
): Promise<void> {
  const { name } = runner.bundle;
  const before = saved.services[name];
  if (task?.state === 'created') return runner.remove(task);
  if (!task && !before?.pid) return;
  const pid = task?.pid ?? before?.pid ?? 0;
  if (task) await runner.adopt(task);
  // Its task is gone; its lines are still in the log.
  else runner.runPid = pid;
  driver.dispatch({ kind: 'adopted', name, pid, nowMs: before?.startedMs ?? 0 });
  // Reports the exit at once if the task has ended or is gone.
  void driver.watch(runner, driver.service(name)?.run ?? 0);
}
