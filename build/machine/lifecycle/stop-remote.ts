import { setTimeout as pause } from 'node:timers/promises';
import { KitError } from '../../../lib/errors/errors.ts';
import { grpcReason, isSilent, MachineClient } from '../client/client.ts';
import type { Machine } from '../records/find.ts';
import type { MachineRecord } from '../records/record.ts';

const lookMs = 500;

/**
 * Powers a machine off that runs elsewhere, and returns when it answers no more. Only its guest can be asked.
 * @throws KitError when it refuses, or still answers after that time
 */
export async function stopRemote(
  { dir, record }: Machine,
  { timeoutMs, force }: { readonly timeoutMs: number; readonly force: boolean },
): Promise<MachineRecord> {
  const action = `Cannot power off machine "${record.name}"`;
  if (force) throw new KitError(`${action} by force: it runs elsewhere, and nobody here can pull its plug`);
  using client = new MachineClient(dir);
  await client.end('poweroff').catch((thrown: unknown) => {
    throw new KitError(`${action}: ${grpcReason(thrown)}`, { cause: thrown });
  });
  const endMs = performance.now() + timeoutMs;
  while (performance.now() < endMs) {
    if (await isGone(client)) return { ...record, state: 'stopped', reason: 'answers no more' };
    await pause(lookMs);
  }
  throw new KitError(`${action}: it still answers after ${timeoutMs / 1000} s`);
}

async function isGone(client: MachineClient): Promise<boolean> {
  try {
    await client.status();
    return false;
  } catch (thrown) {
    return isSilent(thrown);
  }
}
