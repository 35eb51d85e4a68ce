import type { StepContext } from '../../state/exchange.ts';
import { type Lease6, lease6Of } from '../lease6.ts';
import { type ServerMessage6, statusCodes } from '../message6.ts';
import { newExchange6 } from './exchange6.ts';
import { begin, lose, released, request } from './moves6.ts';
import type { State6, Transition6 } from './state6.ts';

/** Milliseconds. */
const pauseAfterRefusal = 5000;
/** RFC 8415 section 7.6, IRT_DEFAULT, and IRT_MINIMUM: seconds. */
const refreshSeconds = { usual: 86_400, least: 600 } as const;

export function receive(state: State6, message: ServerMessage6, context: StepContext): Transition6 {
  const nothing = { state, actions: [] };
  if (!('exchange' in state) || message.xid !== state.exchange.xid || state.exchange.tries === 0)
    return nothing;
  if (message.type === 'advertise')
    return state.name === 'soliciting' ? offered(state, message, context) : nothing;
  switch (state.name) {
    // A REPLY to a SOLICIT is one of rapid commit, which was not asked for.
    case 'soliciting':
      return nothing;
    case 'informing':
      return informed(state, message, context);
    case 'requesting':
      return message.server.equals(state.offer.server) ? replied(state, message, context) : nothing;
    case 'renewing':
      return message.server.equals(state.lease.server) ? replied(state, message, context) : nothing;
    case 'rebinding':
      return replied(state, message, context);
    case 'confirming':
      return confirmed(state, message, context);
    case 'releasing':
      return message.server.equals(state.given.server) ? released(state) : nothing;
  }
}

/** The best server's offer is taken when the first pause is over, or at once (RFC 8415 section 18.2.1). */
function offered(
  state: Extract<State6, { name: 'soliciting' }>,
  offer: ServerMessage6,
  context: StepContext,
): Transition6 {
  const leased = [...(offer.addresses?.leased ?? []), ...(offer.prefixes?.leased ?? [])];
  if (offer.status.code !== statusCodes.success || leased.length === 0) {
    const { text } = [offer.status, offer.addresses?.status, offer.prefixes?.status].find(
      (one) => one?.code,
    ) ?? {
      text: offer.faults[0] ?? 'nothing that was asked for',
    };
    return { state, actions: [{ kind: 'log', text: `a DHCPv6 server offers no lease: ${text}` }] };
  }
  if (offer.preference === 255 || state.exchange.tries > 1) return request(state.wanted, offer, context);
  const isBetter = state.best === undefined || offer.preference > state.best.preference;
  return { state: isBetter ? { ...state, best: offer } : state, actions: [] };
}

function informed({ wanted }: State6, reply: ServerMessage6, { now }: StepContext): Transition6 {
  const seconds = Math.max(refreshSeconds.least, reply.refresh ?? refreshSeconds.usual);
  const { dns, search, ntp } = reply;
  return {
    state: { name: 'informed', wanted, refreshAt: now + seconds * 1000 },
    actions: [{ kind: 'inform', settings: { dns, search, ntp } }],
  };
}

/** Any server of the network knows which addresses belong there. */
function confirmed(
  state: Extract<State6, { name: 'confirming' }>,
  { status }: ServerMessage6,
  context: StepContext,
): Transition6 {
  const { wanted, lease } = state;
  if (status.code === statusCodes.notOnLink)
    return lose(state, lease, `refused: ${status.text || 'it belongs to another network'}`, context);
  if (status.code !== statusCodes.success) return { state, actions: [] };
  return { state: { name: 'bound', wanted, lease }, actions: [{ kind: 'configure', lease, renewed: true }] };
}

function replied(
  state: Extract<State6, { name: 'requesting' | 'renewing' | 'rebinding' }>,
  reply: ServerMessage6,
  context: StepContext,
): Transition6 {
  const statuses = [reply.status, reply.addresses?.status, reply.prefixes?.status];
  const codes = statuses.map((status) => status?.code ?? statusCodes.success);
  const why = statuses.find((status) => status?.code)?.text || 'it has no such lease';
  const { lease } = state;
  // The server forgot the lease: it is asked for again by REQUEST (RFC 8415 section 18.2.10.1).
  if (lease && codes.includes(statusCodes.noBinding))
    return request(state.wanted, { ...reply, ...renewable(lease) }, context);
  if (codes.includes(statusCodes.notOnLink))
    return lease ? lose(state, lease, `refused: ${why}`, context) : begin(state.wanted, context);
  const next = lease6Of(reply, context.now);
  if (!next) {
    // Unspecified failures and the like: the exchange goes on, until another server or the end of the lease.
    if (lease) return { state, actions: [] };
    // Not at once: the same server would be asked again without pause.
    const exchange = { ...newExchange6(context), nextAt: context.now + pauseAfterRefusal };
    return {
      state: { name: 'soliciting', wanted: state.wanted, exchange },
      actions: [{ kind: 'log', text: `a DHCPv6 server leases nothing: ${why}` }],
    };
  }
  const renewed = lease !== undefined && same(lease, next);
  return {
    state: { name: 'bound', wanted: state.wanted, lease: next },
    actions: [{ kind: 'configure', lease: next, renewed }],
  };
}

function renewable(lease: Lease6): Pick<ServerMessage6, 'server' | 'addresses' | 'prefixes'> {
  const rest = { renewal: 0, rebinding: 0, status: { code: statusCodes.success, text: '' } };
  return {
    server: lease.server,
    addresses: { ...rest, leased: lease.addresses },
    prefixes: { ...rest, leased: lease.prefixes },
  };
}

const namesOf = ({ addresses, prefixes }: Lease6): string =>
  [...addresses.map(({ address }) => address), ...prefixes.map(({ prefix }) => prefix)].join(' ');

const same = (one: Lease6, other: Lease6): boolean => namesOf(one) === namesOf(other);
