import type { Lease } from '../protocol/lease.ts';
import { newExchange, type StepContext } from './exchange.ts';
import type { ClientAction, ClientState, Transition } from './state.ts';

/** RFC 5227 section 1.1, PROBE_NUM. */
const probes = 3;
/**
 * Milliseconds after each probe. The RFC waits one to two seconds, for links of its time that need seconds to
 * forward anything; a machine would boot six seconds later. Hosts answer within a millisecond.
 */
const pause = 100;
/** RFC 2131 section 3.1: before a client whose address was taken asks again. */
const pauseAfterDecline = 10_000;

type Probing = Extract<ClientState, { name: 'probing' }>;

/** Sends the next probe; undefined after the last. */
export function probe(state: Probing, { now, random }: StepContext): Transition | undefined {
  if (state.probes >= probes) return undefined;
  const nextAt = now + pause * (0.9 + random() / 5);
  const actions: ClientAction[] = [{ kind: 'probe', address: state.candidate.address }];
  return { state: { ...state, probes: state.probes + 1, nextAt }, actions };
}

/** What to do when another host has the leased address, and how long to wait then. */
export function tellConflict(
  { address, server }: Lease,
  mac: string,
  context: StepContext,
): { readonly actions: readonly ClientAction[]; readonly delay: number } {
  const { xid } = newExchange(context);
  const message = { type: 'decline', xid, seconds: 0, requestedAddress: address, server } as const;
  const text = `${server} leased ${address}, which is not taken: ${mac} has it already`;
  return {
    actions: [
      { kind: 'send', message, to: undefined },
      { kind: 'turned-down', text },
    ],
    delay: pauseAfterDecline,
  };
}
