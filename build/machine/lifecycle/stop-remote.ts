import { setTimeout as pause } from 'node:timers/promises';
import { KitError } from '../../../lib/errors/errors.ts';
import { MachineClient } from '../client/client.ts';
import { grpcReason, isUnavailable } from '../client/grpc-errors.ts';
import type { Machine } from '../records/find.ts';
import type { MachineRecord } from '../records/record.ts';

const pollMs = 500;

/**
 * Powers off a machine on another host through its supervisor, and returns when it no longer answers.
 * @throws KitError when it refuses, or still answers after that time
 */
export async function stopRemote(
  { dir, record }: Machine,
  { timeoutMs, force }: { readonly timeoutMs: number; readonly force: boolean },
): Promise<MachineRecord> {
  const action = `Cannot power off machine "${record.name}"`;
  if (force) throw new KitError(`${action} by force: it runs on another host`);
  using client = new MachineClient(dir);
  await client.end('poweroff').catch((thrown: unknown) => {
    throw new KitError(`${action}: ${grpcReason(thrown)}`, { cause: thrown });
  });
  const endMs = performance.now() + timeoutMs;
  while (performance.now() < endMs) {
    if (await isGone(client)) return { ...record, state: 'stopped', reason: 'no longer answers' };
    await pause(pollMs);
  }
  throw new KitError(`${action}: it still answers after ${timeoutMs / 1000} s`);
}

async function isGone(client: MachineClient): Promise<boolean> {
  try {
    await client.status();
    return false;
  } catch (thrown) {
    return isUnavailable(thrown);
  }
}
