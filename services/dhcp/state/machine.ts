import { type Lease, leaseOf } from '../protocol/lease.ts';
import type { Incoming, Outgoing } from '../protocol/message.ts';
import { type Context, type Exchange, newExchange, sentAgain, sentUntil } from './exchange.ts';
import type { Action, Event, State, Step } from './state.ts';

/** After so many unanswered tries: a REQUEST goes back to looking for servers; a DISCOVER is mentioned in the log. */
const patience = 4;
/** A server that refuses what it offered must not be asked in a tight circle. */
const pauseAfterNak = 1000;

/** A client whose interface has no carrier yet. */
export const initialState: State = { name: 'waiting', lease: undefined };

/** The DHCP client (RFC 2131 section 4.4) as a pure function: what happens, then what is to be done about it. */
export function step(state: State, event: Event, context: Context): Step {
  if (event.kind === 'link') return changeLink(state, event.carrier, context);
  if (event.kind === 'message') return hear(state, event.message, context);
  return tick(state, context);
}

/** When `tick` is due, in milliseconds since boot; Infinity for never. */
export function wakeAt(state: State): number {
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

/** Carrier lost: the lease stays, since cables come back. Carrier found: ask whether it is still good here. */
function changeLink(state: State, carrier: boolean, context: Context): Step {
  if (!carrier) return { state: { name: 'waiting', lease: state.lease }, actions: [] };
  if (state.name !== 'waiting') return { state, actions: [] };
  const exchange = newExchange(context);
  const next: State = state.lease
    ? { name: 'rebooting', exchange, lease: state.lease }
    : { name: 'selecting', exchange, lease: undefined };
  return tick(next, context);
}

function tick(state: State, context: Context): Step {
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
      if (now >= state.exchange.nextAt && state.exchange.tries >= patience)
        return select(state.lease, context);
      break;
  }
  return now < state.exchange.nextAt ? { state, actions: [] } : send(state, context);
}

function expire(state: State, lease: Lease, context: Context): Step {
  const gone: Action = { kind: 'deconfigure', lease, reason: 'the lease ran out' };
  if (state.name === 'waiting') return { state: { name: 'waiting', lease: undefined }, actions: [gone] };
  const next = select(undefined, context);
  return { state: next.state, actions: [gone, ...next.actions] };
}

function select(lease: Lease | undefined, context: Context, delay = 0): Step {
  return tick({ name: 'selecting', exchange: newExchange(context, delay), lease }, context);
}

function renew(lease: Lease, context: Context): Step {
  const name = context.now < lease.rebindAt ? 'renewing' : 'rebinding';
  return tick({ name, exchange: newExchange(context), lease }, context);
}

type Asking = Exclude<State, { name: 'waiting' | 'bound' }>;

function send(state: Asking, context: Context): Step {
  const exchange = sent(state, context);
  const actions: Action[] = [{ kind: 'send', message: question(state, exchange), to: unicastServer(state) }];
  if (state.name === 'selecting' && exchange.tries === patience) {
    actions.push({ kind: 'note', text: 'no DHCP server answers; asking on' });
  }
  return { state: { ...state, exchange }, actions };
}

function sent(state: Asking, context: Context): Exchange {
  if (state.name === 'renewing') return sentUntil(state.exchange, context, state.lease.rebindAt);
  if (state.name === 'rebinding') return sentUntil(state.exchange, context, state.lease.expiresAt);
  return sentAgain(state.exchange, context);
}

function unicastServer(state: Asking): string | undefined {
  return state.name === 'renewing' ? state.lease.server : undefined;
}

/** Which fields a question carries in which state: RFC 2131 table 5. */
function question(state: Asking, { xid, startedAt, sentAt }: Exchange): Omit<Outgoing, 'mac' | 'hostname'> {
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

function hear(state: State, message: Incoming, context: Context): Step {
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

/** A question to one server is not for others to answer, with a NAK least of all. */
function isFromAskedServer(state: Asking, message: Incoming): boolean {
  if (state.name === 'requesting') return message.server === state.offer.server;
  if (state.name === 'renewing') return message.server === state.lease.server;
  return true;
}

/** The first usable offer wins: waiting for a better one would cost every boot a second. */
function choose(state: Asking, offer: Incoming, context: Context): Step {
  if (leaseOf(offer, context.now) === undefined) return { state, actions: [] };
  // RFC 2131 section 4.4.1: the REQUEST bears the OFFER's xid.
  const exchange = { ...newExchange(context), xid: offer.xid, startedAt: state.exchange.startedAt };
  return tick({ name: 'requesting', exchange, lease: state.lease, offer }, context);
}

function refuse(state: Asking, { server, options }: Incoming, context: Context): Step {
  const why = `refused by ${server}${options.message ? `: ${options.message}` : ''}`;
  const undo: Action = state.lease
    ? { kind: 'deconfigure', lease: state.lease, reason: why }
    : { kind: 'note', text: why };
  const next = select(undefined, context, pauseAfterNak);
  return { state: next.state, actions: [undo, ...next.actions] };
}
