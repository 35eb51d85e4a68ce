import { reasonOf } from '../../lib/errors/errors.ts';
import type { Link } from '../../lib/linux/netlink/rtnetlink-link.ts';
import { uptimeMs } from '../../lib/linux/system/host.ts';
import { chosenHostname } from '../../lib/net/hostname.ts';
import type { Lease } from './protocol/lease.ts';
import { decodeMessage, encodeMessage, type Incoming, MessageRejected } from './protocol/message.ts';
import { initialState, step, wakeAt } from './state/machine.ts';
import type { Action, Event } from './state/state.ts';
import { openWire, type Wire } from './wire.ts';

/** What the client of one interface tells the rest of the program. */
export interface Listener {
  configure(link: Link, lease: Lease, renewed: boolean): void;
  deconfigure(link: Link, lease: Lease, reason: string): void;
  log(link: Link, text: string): void;
}

export interface Client {
  /** The interface may have a new name or another carrier. */
  update(link: Link): void;
  /** Gives up timer and sockets; address and lease stay as they are. */
  close(): void;
}

/** setTimeout counts in 31 bits; waking too early does no harm. */
const longestSleep = 24 * 3600 * 1000;

/** Runs the state machine for one interface: clock, sockets and kernel on one side, pure steps on the other. */
export function startClient(first: Link, listener: Listener): Client {
  let link = first;
  let state = initialState;
  let wire: Wire | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let lastProblem = '';

  const handle = (event: Event): void => {
    if (closed) return;
    const next = step(state, event, { now: uptimeMs(), random: Math.random });
    state = next.state;
    next.actions.forEach(act);
    if (state.name === 'waiting' || state.name === 'bound') hangUp();
    clearTimeout(timer);
    const sleep = wakeAt(state) - uptimeMs();
    if (sleep !== Number.POSITIVE_INFINITY) {
      timer = setTimeout(() => handle({ kind: 'tick' }), Math.min(longestSleep, Math.max(0, sleep) + 1));
    }
  };

  const act = (action: Action): void => {
    if (action.kind === 'configure') listener.configure(link, action.lease, action.renewed);
    else if (action.kind === 'deconfigure') listener.deconfigure(link, action.lease, action.reason);
    else if (action.kind === 'note') listener.log(link, action.text);
    else send(action);
  };

  /** A network that is down is no end: the question is asked again later. */
  const send = ({ message, to }: Extract<Action, { kind: 'send' }>): void => {
    try {
      wire ??= openWire(link.index, hear);
      const bytes = encodeMessage({ ...message, mac: link.mac, hostname: chosenHostname() });
      if (to === undefined || message.clientAddress === undefined)
        wire.broadcast(bytes, message.clientAddress);
      else wire.unicast(bytes, link.name, message.clientAddress, to);
    } catch (error) {
      complain(`Cannot send DHCP ${message.type}: ${reasonOf(error)}`);
    }
  };

  const complain = (problem: string): void => {
    if (problem !== lastProblem) listener.log(link, problem);
    lastProblem = problem;
  };

  const hear = (payload: Buffer): void => {
    const message = readAnswer(payload);
    if (message?.mac === link.mac) handle({ kind: 'message', message });
  };

  const hangUp = (): void => {
    wire?.close();
    wire = undefined;
  };

  handle({ kind: 'link', carrier: link.carrier });
  return {
    update: (changed) => {
      const flipped = changed.carrier !== link.carrier;
      link = changed;
      if (flipped) handle({ kind: 'link', carrier: link.carrier });
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
      hangUp();
    },
  };
}

/** Anybody on the network can send us anything: what is no DHCP answer is passed over in silence. */
function readAnswer(payload: Buffer): Incoming | undefined {
  try {
    return decodeMessage(payload);
  } catch (error) {
    if (error instanceof MessageRejected) return undefined;
    throw error;
  }
}
