import { type Lease, leaseOf } from '../protocol/lease.ts';
import type { ClientMessage, ServerMessage } from '../protocol/message.ts';
import { type Exchange, newExchange, type StepContext, sentUntil, sentWithBackoff } from './exchange.ts';
import type { ClientAction, ClientEvent, ClientState, Transition } from './state.ts';

/** After this many tries without a reply, a REQUEST falls back to DISCOVER, and a DISCOVER is logged. */
const maximalTries = 4;
/** Milliseconds; prevents a tight loop of requests to a server that refuses its own offers. */
const pauseAfterNak = 1000;

/** A client whose interface has no carrier yet. */
export const initialState: ClientState = { name: 'waiting', lease: undefined };

/** The DHCP client (RFC 2131 section 4.4) as a pure function of state and event. */
export function transition(state: ClientState, event: ClientEvent, context: StepContext): Transition {
  if (event.kind === 'link') return changeLink(state, event.carrier, context);
  if (event.kind === 'message') return receive(state, event.message, context);
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
    case 'rebooting':
    case 'requesting':
      if (now >= state.exchange.nextAt && state.exchange.tries >= maximalTries)
        return select(state.lease, context);
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

function renew(lease: Lease, context: StepContext): Transition {
  const name = context.now < lease.rebindAt ? 'renewing' : 'rebinding';
  return tick({ name, exchange: newExchange(context), lease }, context);
}

type Asking = Exclude<ClientState, { name: 'waiting' | 'bound' }>;

function send(state: Asking, context: StepContext): Transition {
  const exchange = sent(state, context);
  const actions: ClientAction[] = [
    { kind: 'send', message: messageOf(state, exchange), to: unicastServer(state) },
  ];
  if (state.name === 'selecting' && exchange.tries === maximalTries) {
    actions.push({ kind: 'log', text: 'no DHCP server answers; still trying' });
  }
  return { state: { ...state, exchange }, actions };
}

function sent(state: Asking, context: StepContext): Exchange {
  if (state.name === 'renewing') return sentUntil(state.exchange, context, state.lease.rebindAt);
  if (state.name === 'rebinding') return sentUntil(state.exchange, context, state.lease.expiresAt);
  return sentWithBackoff(state.exchange, context);
}

function unicastServer(state: Asking): string | undefined {
  return state.name === 'renewing' ? state.lease.server : undefined;
}

/** RFC 2131 table 5: the fields of a message in each state. */
function messageOf(
  state: Asking,
  { xid, startedAt, sentAt }: Exchange,
): Omit<ClientMessage, 'mac' | 'hostname'> {
  const common = { xid, seconds: Math.floor((sentAt - startedAt) / 1000) };
  switch (state.name) {
    case 'selecting':
      return { ...common, type: 'discover', requestedAddress: state.lease?.address };
    case 'requesting':
      return {
        ...common,
        type: 'request',
        requestedAddress: state.offer.address,
        server: state.offer.server,
      };
    case 'rebooting':
      return { ...common, type: 'request', requestedAddress: state.lease.address };
    default:
      return { ...common, type: 'request', clientAddress: state.lease.address };
  }
}

function receive(state: ClientState, message: ServerMessage, context: StepContext): Transition {
  if (state.name === 'waiting' || state.name === 'bound') return { state, actions: [] };
  const answers = message.xid === state.exchange.xid && state.exchange.tries > 0;
  if (!answers || !isFromAskedServer(state, message)) return { state, actions: [] };
  if (state.name === 'selecting')
    return message.type === 'offer' ? choose(state, message, context) : { state, actions: [] };
  if (message.type === 'nak') return refuse(state, message, context);
  const lease = message.type === 'ack' ? leaseOf(message, state.exchange.sentAt) : undefined;
  if (lease === undefined) return { state, actions: [] };
  const renewed = state.lease?.address === lease.address && state.lease.server === lease.server;
  return { state: { name: 'bound', lease }, actions: [{ kind: 'configure', lease, renewed }] };
}

/**
 * Accepts replies only from the server that the message was sent to: a NAK of another server would end a
 * valid lease.
 */
function isFromAskedServer(state: Asking, message: ServerMessage): boolean {
  if (state.name === 'requesting') return message.server === state.offer.server;
  if (state.name === 'renewing') return message.server === state.lease.server;
  return true;
}

/** Takes the first usable offer: waiting for others would delay every boot by a second. */
function choose(state: Asking, offer: ServerMessage, context: StepContext): Transition {
  if (leaseOf(offer, context.now) === undefined) return { state, actions: [] };
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
