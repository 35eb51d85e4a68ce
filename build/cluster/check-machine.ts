import { setTimeout as pause } from 'node:timers/promises';
import { KitError } from '../../lib/errors/errors.ts';
import { MachineClient } from '../machine/client/client.ts';
import { grpcReason } from '../machine/client/grpc-errors.ts';
import type { Machine } from '../machine/records/find.ts';
import type { Check } from './file/cluster.ts';

const pollMs = 500;
/** Characters of the output that an error has. */
const mostOutput = 300;

/**
 * Runs the group's command in a machine until it succeeds. @throws KitError with its last output when it has
 * not within that time
 */
export async function awaitCheck(
  { dir, record: { name } }: Machine,
  check: Check,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  using client = new MachineClient(dir);
  const endMs = performance.now() + timeoutMs;
  for (;;) {
    const why = await failureOf(client, check, Math.max(1, endMs - performance.now()), signal);
    signal.throwIfAborted();
    if (why === undefined) return;
    if (performance.now() > endMs) {
      throw new KitError(`Machine "${name}" is not well within ${Math.round(timeoutMs / 1000)} s: ${why}`, {
        hint: `kit logs ${name} tells more`,
      });
    }
    await pause(pollMs, undefined, { signal }).catch(() => {});
  }
}

/** Undefined: it succeeded. */
async function failureOf(
  client: MachineClient,
  { service, command }: Check,
  leftMs: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  const call = client.exec();
  const late = AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(leftMs))]);
  const cancel = (): void => call.cancel();
  late.addEventListener('abort', cancel, { once: true });
  let output = '';
  try {
    call.write({
      start: { service, command: [...command], terminal: undefined, term: '', image: undefined },
    });
    call.write({ stdinEnd: true });
    for await (const message of call) {
      const bytes = message.stdout ?? message.stderr;
      if (bytes) output = (output + Buffer.from(bytes).toString()).slice(-mostOutput);
      if (!message.end) continue;
      const { status } = message.end;
      return status === 0 ? undefined : `${command[0]} ended with status ${status}: ${output.trim()}`;
    }
    return `${command[0]} did not end`;
  } catch (thrown) {
    return late.aborted ? `${command[0]} takes longer than that` : grpcReason(thrown);
  } finally {
    late.removeEventListener('abort', cancel);
    call.end();
  }
}
