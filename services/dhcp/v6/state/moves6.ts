import type { StepContext } from '../../state/exchange.ts';
import type { Lease6 } from '../lease6.ts';
import type { ServerMessage6 } from '../message6.ts';
import { newExchange6, sent6, type Timing, timing } from './exchange6.ts';
import type { Action6, Asking6, Send6, State6, Transition6, Wanted } from './state6.ts';

/** After so many tries without a reply a SOLICIT is logged. */
const loggedTries = 4;
/** Milliseconds: CNF_MAX_DELAY. */
const mostConfirmDelay = 1000;

export function begin(wanted: Wanted, context: StepContext): Transition6 {
  const exchange = newExchange6(context);
  if (wanted.address || wanted.prefix !== undefined)
    return tick({ name: 'soliciting', wanted, exchange }, context);
  if (wanted.settings) return tick({ name: 'informing', wanted, exchange }, context);
  return { state: { name: 'idle', wanted }, actions: [] };
}

export function extend(
  name: 'renewing' | 'rebinding',
  wanted: Wanted,
  lease: Lease6,
  context: StepContext,
): Transition6 {
  return tick({ name, wanted, lease, exchange: newExchange6(context) }, context);
}

/**
 * Verifies after a loss of the carrier that the network is the same: addresses by CONFIRM, after up to a
 * second; prefixes are nothing that a server can confirm, and so by REBIND (RFC 8415 section 18.2.12).
 */
export function verify(wanted: Wanted, lease: Lease6, context: StepContext): Transition6 {
  if (lease.prefixes.length > 0) return extend('rebinding', wanted, lease, context);
  const exchange = newExchange6(context);
  const nextAt = context.now + context.random() * mostConfirmDelay;
  return { state: { name: 'confirming', wanted, lease, exchange: { ...exchange, nextAt } }, actions: [] };
}

export function tick(state: State6, context: StepContext): Transition6 {
  const { now } = context;
  const { lease, wanted } = state;
  if (lease && lease.expiresAt <= now) return lose(state, lease, 'the lease expired', context);
  switch (state.name) {
    case 'idle':
      return { state, actions: [] };
    case 'informed':
      return now < state.refreshAt ? { state, actions: [] } : begin(wanted, context);
    case 'bound':
      return now < state.lease.renewAt
        ? { state, actions: [] }
        : extend('renewing', wanted, state.lease, context);
    case 'renewing':
      if (now >= state.lease.rebindAt) return extend('rebinding', wanted, state.lease, context);
      break;
    case 'rebinding':
      // Nobody verifies it: what is left of the lease may be used (RFC 8415 section 18.2.3).
      if (isVerifying(state, now) && isDone(state, timing.confirm, now))
        return tick({ name: 'bound', wanted, lease: state.lease }, context);
      break;
    case 'confirming':
      if (now >= state.lease.renewAt) return extend('renewing', wanted, state.lease, context);
      if (isDone(state, timing.confirm, now))
        return tick({ name: 'bound', wanted, lease: state.lease }, context);
      break;
    case 'releasing':
      if (isDone(state, timing.release, now)) return released(state);
      break;
    case 'soliciting':
      if (now >= state.exchange.nextAt && state.best) return request(state.wanted, state.best, context);
      break;
    case 'requesting':
      if (isDone(state, timing.request, now)) return begin(wanted, context);
      break;
  }
  return now < state.exchange.nextAt ? { state, actions: [] } : send(state, context);
}

export function lose(state: State6, lease: Lease6, reason: string, context: StepContext): Transition6 {
  const next = begin(state.wanted, context);
  return { state: next.state, actions: [{ kind: 'deconfigure', lease, reason }, ...next.actions] };
}

export function request(wanted: Wanted, offer: ServerMessage6, context: StepContext): Transition6 {
  return tick({ name: 'requesting', wanted, offer, exchange: newExchange6(context) }, context);
}

/** The server has the lease back, or does not answer. */
export const released = ({ wanted }: State6): Transition6 => ({
  state: { name: 'idle', wanted },
  actions: [{ kind: 'released' }],
});

/** Whether it is time for another try, and there is none left. */
const isDone = ({ exchange }: Asking6, { tries }: Timing, now: number): boolean =>
  now >= exchange.nextAt && exchange.tries >= tries;

/** Whether the network is verified after a loss of the carrier, long before the lease has to be extended. */
const isVerifying = (state: State6, now: number): boolean =>
  state.name === 'rebinding' && now < state.lease.rebindAt;

const types = {
  soliciting: 'solicit',
  requesting: 'request',
  renewing: 'renew',
  rebinding: 'rebind',
  confirming: 'confirm',
  releasing: 'release',
  informing: 'information-request',
} as const;

function send(state: Asking6, context: StepContext): Transition6 {
  const type = types[state.name];
  const rules: Timing = isVerifying(state, context.now) ? timing.confirm : timing[type];
  const exchange = sent6(state.exchange, rules, context);
  const actions: Action6[] = [{ kind: 'send', message: messageOf(state, context.now) }];
  if (exchange.tries === loggedTries && (state.name === 'soliciting' || state.name === 'informing'))
    actions.push({ kind: 'log', text: 'no DHCPv6 server answers; still trying' });
  return { state: { ...state, exchange }, actions };
}

function messageOf(state: Asking6, now: number): Send6 {
  const { wanted, exchange } = state;
  const common = { type: types[state.name], xid: exchange.xid, elapsedMs: now - exchange.startedAt };
  switch (state.name) {
    case 'informing':
      return common;
    case 'soliciting':
      return { ...common, ...askFor(wanted) };
    case 'requesting': {
      const { server, addresses, prefixes } = state.offer;
      const offered = { addresses: addresses?.leased ?? [], prefixes: prefixes?.leased ?? [] };
      return { ...common, server, ...askFor(wanted, offered) };
    }
    case 'renewing':
      return { ...common, server: state.lease.server, ...askFor(wanted, state.lease) };
    case 'rebinding':
      return { ...common, ...askFor(wanted, state.lease) };
    case 'confirming':
      return { ...common, ...held(state.lease) };
    case 'releasing':
      return { ...common, server: state.given.server, ...held(state.given) };
  }
}

/** The associations of a lease. */
function held({ addresses, prefixes }: Lease6): Pick<Send6, 'addresses' | 'prefixes'> {
  return {
    ...(addresses.length > 0 && { addresses: addresses.map(({ address }) => address) }),
    ...(prefixes.length > 0 && { prefixes: prefixes.map(({ prefix, length }) => ({ prefix, length })) }),
  };
}

/** The associations of what is wanted, with what there is already. */
function askFor(
  wanted: Wanted,
  has?: Pick<Lease6, 'addresses' | 'prefixes'>,
): Pick<Send6, 'addresses' | 'prefixes'> {
  const addresses = has?.addresses.map(({ address }) => address) ?? [];
  const prefixes = has?.prefixes.map(({ prefix, length }) => ({ prefix, length })) ?? [];
  const asked = prefixes.length === 0 ? [{ prefix: '::', length: wanted.prefix ?? 0 }] : prefixes;
  return {
    ...(wanted.address && { addresses }),
    ...(wanted.prefix !== undefined && { prefixes: asked }),
  };
}
