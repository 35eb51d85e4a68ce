import { setTimeout as pause } from 'node:timers/promises';
import type { Containerd, ContainerId } from '../../../lib/containerd/client.ts';
import { unlessGone } from '../../../lib/containerd/errors.ts';

/** Milliseconds to wait for a task to end after SIGKILL. Its deletion is then tried anyway, and fails. */
const killTimeoutMs = 10_000;

/**
 * Kills and deletes a task and its container, whatever state they are in; succeeds if there is none.
 * @param isStopped whether the task is known to have ended
 */
export async function removeContainer(
  containerd: Containerd,
  id: ContainerId,
  isStopped = false,
): Promise<void> {
  if (!isStopped) {
    await unlessGone(containerd.killTask(id, 9));
    const ended = unlessGone(containerd.waitTask(id));
    await Promise.race([ended, pause(killTimeoutMs, null, { ref: false })]);
  }
  await unlessGone(containerd.deleteTask(id));
  await unlessGone(containerd.deleteContainer(id));
}
