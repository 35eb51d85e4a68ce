import { setTimeout as pause } from 'node:timers/promises';
import type { StatusReply } from '../../../lib/control/generated/control.ts';
import type { MachineClient } from './client.ts';
import { grpcReason, isUnavailable } from './grpc-errors.ts';
import { type Readiness, type ReadinessRules, readinessOf } from './readiness.ts';

export interface WaitResult {
  /** `unanswered`: the guest has never answered. */
  readonly outcome: Readiness | { readonly kind: 'unanswered'; readonly reason: string };
  /** The guest's last answer. */
  readonly status: StatusReply | undefined;
}

const pollMs = 400;
/**
 * Answering takes processor time from starting services: the next poll waits this many times the answer's
 * time.
 */
const pauseFactor = 5;
const maxPauseMs = 3000;

export interface WaitOptions extends ReadinessRules {
  /** Called with each answer of the guest. */
  readonly onStatus?: (status: StatusReply) => void;
}

/**
 * Polls the guest until all services are ready, one has failed for good, or the time is over. Rejects with
 * the signal's reason when it is aborted.
 */
export async function waitForServices(
  client: MachineClient,
  timeoutMs: number,
  signal: AbortSignal,
  { onStatus, ...rules }: WaitOptions = {},
): Promise<WaitResult> {
  const endMs = performance.now() + timeoutMs;
  let status: StatusReply | undefined;
  let reason = 'it has not answered yet';
  for (;;) {
    signal.throwIfAborted();
    const requestMs = performance.now();
    try {
      status = await client.status();
      reason = '';
      onStatus?.(status);
    } catch (thrown) {
      if (!isUnavailable(thrown)) throw thrown;
      reason = grpcReason(thrown);
    }
    signal.throwIfAborted();
    const answerMs = performance.now() - requestMs;
    const outcome = status && readinessOf(status, rules);
    if (outcome && reason === '' && outcome.kind !== 'waiting') return { outcome, status };
    if (performance.now() > endMs) return { outcome: outcome ?? { kind: 'unanswered', reason }, status };
    const pauseMs = Math.max(pollMs, Math.min(pauseFactor * answerMs, maxPauseMs));
    await pause(pauseMs, undefined, { signal }).catch(() => {});
  }
}

/** Why a machine is not ready: `web is failed: exit status 1`, `dhcp not ready within 300 s`. */
export function notReadyText(outcome: WaitResult['outcome'], timeoutMs: number): string {
  const within = `within ${Math.round(timeoutMs / 1000)} s`;
  if (outcome.kind === 'failed') return outcome.failures.join('; ');
  if (outcome.kind === 'waiting') return `${outcome.for.join(', ')} not ready ${within}`;
  return `its guest does not answer ${within}${outcome.kind === 'unanswered' ? `: ${outcome.reason}` : ''}`;
}
