import type { StepContext } from '../../state/exchange.ts';
import { newExchange6 } from './exchange6.ts';
import { begin, released, tick, verify } from './moves6.ts';
import { receive } from './receive6.ts';
import type { Event6, State6, Transition6, Wanted } from './state6.ts';

export const nothingWanted: Wanted = { address: false, settings: false };
export const initialState6: State6 = { name: 'idle', wanted: nothingWanted };

/** The DHCPv6 client as a pure function of state and event. */
export function transition6(state: State6, event: Event6, context: StepContext): Transition6 {
  if (state.name === 'releasing' && event.kind !== 'tick' && event.kind !== 'message')
    return { state, actions: [] };
  switch (event.kind) {
    case 'tick':
      return tick(state, context);
    case 'message':
      return receive(state, event.message, context);
    case 'want':
      return want(state, event.wanted, context);
    case 'link':
      return state.lease ? verify(state.wanted, state.lease, context) : begin(state.wanted, context);
    case 'conflict':
      return decline(state, event.addresses, context);
    case 'release':
      return release(state, context);
  }
}

/** When `tick` is due; Infinity for never. */
export function wakeAt6(state: State6): number {
  switch (state.name) {
    case 'idle':
      return Number.POSITIVE_INFINITY;
    case 'bound':
      return Math.min(state.lease.renewAt, state.lease.expiresAt);
    case 'informed':
      return state.refreshAt;
    case 'renewing':
      return Math.min(state.exchange.nextAt, state.lease.rebindAt, state.lease.expiresAt);
    case 'rebinding':
      return Math.min(state.exchange.nextAt, state.lease.expiresAt);
    case 'confirming':
      return Math.min(state.exchange.nextAt, state.lease.renewAt, state.lease.expiresAt);
    default:
      return state.exchange.nextAt;
  }
}

function want(state: State6, wanted: Wanted, context: StepContext): Transition6 {
  if (JSON.stringify(wanted) === JSON.stringify(state.wanted)) return { state, actions: [] };
  // A lease is kept as long as it has what is wanted: routers may differ in their flags.
  const { lease } = state;
  const has = lease !== undefined && (!wanted.address || lease.addresses.length > 0);
  if (has && (wanted.prefix === undefined || lease.prefixes.length > 0))
    return { state: { ...state, wanted }, actions: [] };
  return begin(wanted, context);
}

function decline(state: State6, taken: readonly string[], context: StepContext): Transition6 {
  const { lease, wanted } = state;
  const addresses = taken.filter((one) => lease?.addresses.some(({ address }) => address === one));
  if (!lease || addresses.length === 0) return { state, actions: [] };
  const { xid } = newExchange6(context);
  const message = { type: 'decline', xid, elapsedMs: 0, server: lease.server, addresses } as const;
  const reason = `another host has ${addresses.join(', ')}`;
  const next = begin(wanted, context);
  return {
    state: next.state,
    actions: [{ kind: 'send', message }, { kind: 'deconfigure', lease, reason }, ...next.actions],
  };
}

/**
 * The addresses are removed first: nobody may use what the server gives to others (RFC 8415 section 18.2.7).
 */
function release(state: State6, context: StepContext): Transition6 {
  const { lease } = state;
  if (!lease) return released({ name: 'idle', wanted: nothingWanted });
  const exchange = newExchange6(context);
  const next = tick({ name: 'releasing', wanted: nothingWanted, given: lease, exchange }, context);
  return {
    state: next.state,
    actions: [{ kind: 'deconfigure', lease, reason: 'released' }, ...next.actions],
  };
}
