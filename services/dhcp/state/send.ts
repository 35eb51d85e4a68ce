import type { ClientMessage } from '../protocol/message.ts';
import { type Exchange, type StepContext, sentUntil, sentWithBackoff } from './exchange.ts';
import type { Asking, ClientAction, Transition } from './state.ts';

/** After this many tries without a reply, a REQUEST falls back to DISCOVER, and a DISCOVER is logged. */
export const maximalTries = 4;

/** An address of an earlier run is asked for twice: silent servers do not know it. */
const rememberedTries = 2;

export const triesOf = (state: Asking): number =>
  state.name === 'rebooting' && !state.lease ? rememberedTries : maximalTries;

/** Sends the message of a state, for the first time or again. */
export function send(state: Asking, context: StepContext): Transition {
  const exchange = sent(state, context);
  const actions: ClientAction[] = [
    { kind: 'send', message: messageOf(state, exchange), to: unicastServer(state) },
  ];
  if (state.name === 'selecting' && exchange.tries === maximalTries) {
    const what = exchange.turnedDown ? 'offers an address that can be taken' : 'answers';
    actions.push({ kind: 'log', text: `no DHCP server ${what}; still trying` });
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
      return { ...common, type: 'discover', requestedAddress: state.lease?.address ?? state.remembered };
    case 'requesting':
      return {
        ...common,
        type: 'request',
        requestedAddress: state.offer.address,
        server: state.offer.server,
      };
    case 'rebooting':
      return { ...common, type: 'request', requestedAddress: state.address };
    default:
      return { ...common, type: 'request', clientAddress: state.lease.address };
  }
}
