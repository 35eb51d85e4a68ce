import type { Lease } from '../protocol/lease.ts';
import type { ServerMessage } from '../protocol/message.ts';
import { newExchange, type StepContext } from './exchange.ts';
import { probe, tellConflict } from './probe.ts';
import { send, triesOf } from './send.ts';
import type { Asking, ClientAction, ClientEvent, ClientState, Transition } from './state.ts';
import { verdictOn } from './verdict.ts';

/** Milliseconds; prevents a tight loop of requests to a server that refuses its own offers. */
const pauseAfterNak = 1000;

/** A client whose interface has no carrier yet; it may know the address of an earlier run. */
export const initialState = (remembered?: string): ClientState => ({
  name: 'waiting',
  lease: undefined,
  remembered,
});

/** The DHCP client (RFC 2131 section 4.4) as a pure function of state and event. */
export function transition(state: ClientState, event: ClientEvent, context: StepContext): Transition {
  if (event.kind === 'link') return changeLink(state, event.carrier, context);
  if (event.kind === 'message') return receive(state, event.message, context);
  if (event.kind === 'unreadable') return receiveUnreadable(state, event);
  if (event.kind === 'conflict') return conflict(state, event, context);
  return tick(state, context);
}

/** When `tick` is due, in milliseconds since boot; Infinity for never. */
export function wakeAt(state: ClientState): number {
  const expiry = state.lease?.expiresAt ?? Number.POSITIVE_INFINITY;
  switch (state.name) {
    case 'waiting':
      return expiry;
    case 'bound':
      return state.lease.renewAt;
    case 'renewing':
      return Math.min(state.exchange.nextAt, state.lease.rebindAt);
    case 'probing':
      return Math.min(state.nextAt, expiry);
    default:
      return Math.min(state.exchange.nextAt, expiry);
  }
}

/**
 * Keeps the lease without its routes when the carrier is lost; verifies it (INIT-REBOOT) when the carrier is
 * back, as it does with an address of an earlier run.
 */
function changeLink(state: ClientState, carrier: boolean, context: StepContext): Transition {
  const { lease } = state;
  if (!carrier) {
    if (state.name === 'waiting') return { state, actions: [] };
    return { state: { name: 'waiting', lease }, actions: lease ? [{ kind: 'suspend', lease }] : [] };
  }
  if (state.name !== 'waiting') return { state, actions: [] };
  const address = lease?.address ?? state.remembered;
  const exchange = newExchange(context);
  if (address === undefined) return tick({ name: 'selecting', exchange, lease: undefined }, context);
  return tick({ name: 'rebooting', exchange, lease, address }, context);
}

function tick(state: ClientState, context: StepContext): Transition {
  const { now } = context;
  if (state.lease && state.lease.expiresAt <= now) return expire(state, state.lease, context);
  switch (state.name) {
    case 'waiting':
      return { state, actions: [] };
    case 'probing':
      return probeOrBind(state, context);
    case 'bound':
      return now < state.lease.renewAt ? { state, actions: [] } : renew(state.lease, context);
    case 'renewing':
      if (now >= state.lease.rebindAt) return renew(state.lease, context);
      break;
    case 'selecting':
      if (now >= state.exchange.nextAt && state.spare) return request(state, state.spare, context);
      break;
    case 'rebooting':
    case 'requesting':
      if (now >= state.exchange.nextAt && state.exchange.tries >= triesOf(state))
        return giveUp(state, context);
      break;
  }
  return now < state.exchange.nextAt ? { state, actions: [] } : send(state, context);
}

function expire(state: ClientState, lease: Lease, context: StepContext): Transition {
  const deconfigure: ClientAction = { kind: 'deconfigure', lease, reason: 'the lease expired' };
  if (state.name === 'waiting')
    return { state: { name: 'waiting', lease: undefined }, actions: [deconfigure] };
  const next = select(undefined, context);
  return { state: next.state, actions: [deconfigure, ...next.actions] };
}

function select(lease: Lease | undefined, context: StepContext, delay = 0, remembered?: string): Transition {
  return tick({ name: 'selecting', exchange: newExchange(context, delay), lease, remembered }, context);
}

/** No server answered the REQUEST. */
function giveUp(state: Asking, context: StepContext): Transition {
  const remembered = state.name === 'rebooting' ? state.address : undefined;
  const next = select(state.lease, context, 0, remembered);
  if (state.name === 'rebooting' && state.lease) {
    // RFC 2131 section 3.2: what is left of the lease may be used; its routes went with the carrier.
    const restore: ClientAction = { kind: 'configure', lease: state.lease, renewed: true };
    return { state: next.state, actions: [restore, ...next.actions] };
  }
  if (state.name !== 'requesting') return next;
  const { server, address } = state.offer;
  const text = `${server} offered ${address}, and does not acknowledge it`;
  return { state: next.state, actions: [{ kind: 'turned-down', text }, ...next.actions] };
}

function renew(lease: Lease, context: StepContext): Transition {
  const name = context.now < lease.rebindAt ? 'renewing' : 'rebinding';
  return tick({ name, exchange: newExchange(context), lease }, context);
}

function receive(state: ClientState, message: ServerMessage, context: StepContext): Transition {
  if (!awaits(state, message.xid)) return { state, actions: [] };
  const verdict = verdictOn(message, state);
  switch (verdict.kind) {
    case 'offer':
      return request(state, message, context);
    case 'spare-offer':
      return state.name === 'selecting'
        ? { state: { ...state, spare: state.spare ?? message }, actions: [] }
        : { state, actions: [] };
    case 'lease':
      return take(state, verdict.lease, context);
    case 'refusal':
      return refuse(state, message, context);
    case 'late':
      return { state, actions: [] };
    case 'turned-down':
      return turnDown(state, verdict.text);
  }
}

function receiveUnreadable(
  state: ClientState,
  { xid, from, why }: Extract<ClientEvent, { kind: 'unreadable' }>,
): Transition {
  if (!awaits(state, xid)) return { state, actions: [] };
  return turnDown(state, `${from} sent a reply that is not taken: ${why}`);
}

function awaits(state: ClientState, xid: number): state is Asking {
  if (state.name === 'waiting' || state.name === 'probing' || state.name === 'bound') return false;
  return xid === state.exchange.xid && state.exchange.tries > 0;
}

function turnDown(state: Asking, text: string): Transition {
  const exchange = { ...state.exchange, turnedDown: true };
  return { state: { ...state, exchange }, actions: [{ kind: 'turned-down', text }] };
}

/** Another address than the interface has is probed first (RFC 2131 section 4.4.1). */
function take(state: Asking, lease: Lease, context: StepContext): Transition {
  if (state.lease?.address === lease.address) return bind(state, lease);
  const start = { name: 'probing', lease: state.lease, candidate: lease, probes: 0 } as const;
  return probeOrBind({ ...start, nextAt: context.now }, context);
}

type Probing = Extract<ClientState, { name: 'probing' }>;

function probeOrBind(state: Probing, context: StepContext): Transition {
  if (context.now < state.nextAt) return { state, actions: [] };
  return probe(state, context) ?? bind(state, state.candidate);
}

function conflict(
  state: ClientState,
  { address, mac }: Extract<ClientEvent, { kind: 'conflict' }>,
  context: StepContext,
): Transition {
  if (state.name !== 'probing' || state.candidate.address !== address) return { state, actions: [] };
  const { actions, delay } = tellConflict(state.candidate, mac, context);
  const next = select(state.lease, context, delay);
  return { state: next.state, actions: [...actions, ...next.actions] };
}

function bind(state: Asking | Probing, lease: Lease): Transition {
  const renewed = state.lease?.address === lease.address && state.lease.server === lease.server;
  return { state: { name: 'bound', lease }, actions: [{ kind: 'configure', lease, renewed }] };
}

/** Takes the first usable offer: waiting for others would delay every boot by a second. */
function request(state: Asking, offer: ServerMessage, context: StepContext): Transition {
  // RFC 2131 section 4.4.1: the REQUEST has the OFFER's xid.
  const exchange = { ...newExchange(context), xid: offer.xid, startedAt: state.exchange.startedAt };
  return tick({ name: 'requesting', exchange, lease: state.lease, offer }, context);
}

function refuse(state: Asking, { server, options }: ServerMessage, context: StepContext): Transition {
  const reason = `refused by ${server}${options.message ? `: ${options.message}` : ''}`;
  const action: ClientAction = state.lease
    ? { kind: 'deconfigure', lease: state.lease, reason }
    : { kind: 'log', text: reason };
  const next = select(undefined, context, pauseAfterNak);
  return { state: next.state, actions: [action, ...next.actions] };
}
