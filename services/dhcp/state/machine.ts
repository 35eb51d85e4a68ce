import type { Lease } from '../protocol/lease.ts';
import type { ServerMessage } from '../protocol/message.ts';
import { newExchange, type StepContext } from './exchange.ts';
import { maximalTries, send } from './send.ts';
import type { Asking, ClientAction, ClientEvent, ClientState, Transition } from './state.ts';
import { verdictOn } from './verdict.ts';

/** Milliseconds; prevents a tight loop of requests to a server that refuses its own offers. */
const pauseAfterNak = 1000;

/** A client whose interface has no carrier yet. */
export const initialState: ClientState = { name: 'waiting', lease: undefined };

/** The DHCP client (RFC 2131 section 4.4) as a pure function of state and event. */
export function transition(state: ClientState, event: ClientEvent, context: StepContext): Transition {
  if (event.kind === 'link') return changeLink(state, event.carrier, context);
  if (event.kind === 'message') return receive(state, event.message, context);
  if (event.kind === 'unreadable') return receiveUnreadable(state, event);
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
    default:
      return Math.min(state.exchange.nextAt, expiry);
  }
}

/** Keeps the lease when the carrier is lost; verifies it (INIT-REBOOT) when the carrier is back. */
function changeLink(state: ClientState, carrier: boolean, context: StepContext): Transition {
  if (!carrier) return { state: { name: 'waiting', lease: state.lease }, actions: [] };
  if (state.name !== 'waiting') return { state, actions: [] };
  const exchange = newExchange(context);
  const next: ClientState = state.lease
    ? { name: 'rebooting', exchange, lease: state.lease }
    : { name: 'selecting', exchange, lease: undefined };
  return tick(next, context);
}

function tick(state: ClientState, context: StepContext): Transition {
  const { now } = context;
  if (state.lease && state.lease.expiresAt <= now) return expire(state, state.lease, context);
  switch (state.name) {
    case 'waiting':
      return { state, actions: [] };
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
      if (now >= state.exchange.nextAt && state.exchange.tries >= maximalTries) return giveUp(state, context);
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

function select(lease: Lease | undefined, context: StepContext, delay = 0): Transition {
  return tick({ name: 'selecting', exchange: newExchange(context, delay), lease }, context);
}

/** No server answered the REQUEST. */
function giveUp(state: Asking, context: StepContext): Transition {
  const next = select(state.lease, context);
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
      return bind(state, verdict.lease);
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
  if (state.name === 'waiting' || state.name === 'bound') return false;
  return xid === state.exchange.xid && state.exchange.tries > 0;
}

function turnDown(state: Asking, text: string): Transition {
  const exchange = { ...state.exchange, turnedDown: true };
  return { state: { ...state, exchange }, actions: [{ kind: 'turned-down', text }] };
}

function bind(state: Asking, lease: Lease): Transition {
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
