import { setTimeout as pause } from 'node:timers/promises';
import type { StatusReply } from '../../../lib/control/generated/control.ts';
import { grpcReason, isSilent, type MachineClient } from './client.ts';
import { type Settled, settled } from './services.ts';

export interface Waited {
  /** `silent`: the guest never answered. */
  readonly outcome: Settled | { readonly kind: 'silent'; readonly reason: string };
  /** What the guest last said. */
  readonly status: StatusReply | undefined;
}

const lookMs = 400;
/** An answer is work for a guest that has services to start: it gets this many times as long for those. */
const share = 5;
const mostMs = 3000;

/**
 * Asks the guest until its services are settled, or the time is over. Rejects with the signal's reason when
 * it is aborted.
 */
export async function waitForServices(
  client: MachineClient,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Waited> {
  const endMs = performance.now() + timeoutMs;
  let status: StatusReply | undefined;
  let reason = 'it has said nothing';
  for (;;) {
    signal.throwIfAborted();
    const askedMs = performance.now();
    try {
      status = await client.status();
      reason = '';
    } catch (thrown) {
      if (!isSilent(thrown)) throw thrown;
      reason = grpcReason(thrown);
    }
    signal.throwIfAborted();
    const answerMs = performance.now() - askedMs;
    const outcome = status && settled(status);
    if (outcome && reason === '' && outcome.kind !== 'waiting') return { outcome, status };
    if (performance.now() > endMs) return { outcome: outcome ?? { kind: 'silent', reason }, status };
    await pause(Math.max(lookMs, Math.min(share * answerMs, mostMs)), undefined, { signal }).catch(() => {});
  }
}

/** Why a machine is not ready: `web is failed: exit status 1`, `dhcp not ready within 300 s`. */
export function notReadyText(outcome: Waited['outcome'], timeoutMs: number): string {
  const within = `within ${Math.round(timeoutMs / 1000)} s`;
  if (outcome.kind === 'failed') return outcome.failures.join('; ');
  if (outcome.kind === 'waiting') return `${outcome.for.join(', ')} not ready ${within}`;
  return `its guest does not answer ${within}${outcome.kind === 'silent' ? `: ${outcome.reason}` : ''}`;
}
