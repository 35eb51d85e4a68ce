import { closeSync } from 'node:fs';
import type { RunRequest } from '../../backend/request/request.ts';
import type { Context } from '../../host/context.ts';
import { stopMachine } from '../../machine/lifecycle/stop.ts';
import { isLive, type Machine, readMachine } from '../../machine/records/find.ts';
import { removeFolder } from '../../machine/records/remove.ts';
import { startForOwner } from '../../run/owned.ts';
import { prepareMachine } from '../../run/prepare.ts';
import type { Work } from '../../work.ts';

/**
 * Runs a machine for as long as `use` does; then, or when this process ends for whatever reason, nothing of
 * it is left.
 */
export async function withMachine<T>(
  request: RunRequest,
  context: Context,
  work: Work,
  use: (machine: Machine) => Promise<T>,
): Promise<T> {
  const machine = await prepareMachine(request, context, work);
  // Loaded late: most commands make no system calls of their own.
  const { socketPairDescriptors } = await import('../../../lib/linux/net/socket-pair.ts');
  const [ours, lifeline] = socketPairDescriptors();
  try {
    await startForOwner(machine, context, lifeline).finally(() => closeSync(lifeline));
    return await use(machine);
  } finally {
    await end(machine, context);
    closeSync(ours);
  }
}

async function end({ dir }: Machine, { env }: Context): Promise<void> {
  const machine = await readMachine(dir);
  if (!machine) return;
  if (isLive(machine)) await stopMachine(machine, { notify: () => {}, timeoutMs: 0, force: true });
  await removeFolder(env, dir);
}
