import { reasonOf } from '../../lib/errors/errors.ts';
import type { Link } from '../../lib/linux/netlink/rtnetlink-link.ts';
import { uptimeMs } from '../../lib/linux/system/host.ts';
import { chosenHostname } from '../../lib/net/hostname.ts';
import { openProber, type Prober } from './prober.ts';
import type { Lease } from './protocol/lease.ts';
import {
  addresseeOf,
  decodeServerMessage,
  encodeClientMessage,
  MessageRejected,
} from './protocol/message.ts';
import { type DhcpSocket, openDhcpSocket } from './socket.ts';
import { initialState, transition, wakeAt } from './state/machine.ts';
import type { ClientAction, ClientEvent } from './state/state.ts';

/** Callbacks of the client of one interface. */
export interface LeaseListener {
  configure(link: Link, lease: Lease, renewed: boolean): void;
  deconfigure(link: Link, lease: Lease, reason: string): void;
  /** The carrier is lost: the routes go, and come back with `configure`. */
  suspend(link: Link, lease: Lease): void;
  log(link: Link, text: string): void;
  /** A server was heard, and what it said was not taken. Each text comes once until there is a lease. */
  turnedDown(link: Link, text: string): void;
}

export interface DhcpClient {
  /** To be called when the interface's name or carrier has changed. */
  update(link: Link): void;
  /** Stops the timer and closes the sockets; address and lease stay as they are. */
  close(): void;
}

/** Milliseconds; setTimeout takes at most 2^31 - 1. Waking too early does no harm. */
const longestSleep = 24 * 3600 * 1000;
const mostTurnedDown = 8;

/**
 * Runs the state machine of one interface: feeds it events from the clock, the socket and the kernel, and
 * executes its actions. `remembered`: the address of an earlier run.
 */
export function startClient(first: Link, listener: LeaseListener, remembered?: string): DhcpClient {
  let link = first;
  let state = initialState(remembered);
  let socket: DhcpSocket | undefined;
  let prober: Prober | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let lastProblem = '';
  const turnedDown = new Set<string>();

  const handle = (event: ClientEvent): void => {
    if (closed) return;
    const next = transition(state, event, { now: uptimeMs(), random: Math.random });
    state = next.state;
    next.actions.forEach(execute);
    if (state.name === 'waiting' || state.name === 'bound') closeSocket();
    if (state.name !== 'probing') closeProber();
    clearTimeout(timer);
    const sleep = wakeAt(state) - uptimeMs();
    if (sleep !== Number.POSITIVE_INFINITY) {
      timer = setTimeout(() => handle({ kind: 'tick' }), Math.min(longestSleep, Math.max(0, sleep) + 1));
    }
  };

  const execute = (action: ClientAction): void => {
    if (action.kind === 'configure') {
      turnedDown.clear();
      listener.configure(link, action.lease, action.renewed);
    } else if (action.kind === 'turned-down') turnDown(action.text);
    else if (action.kind === 'probe') sendProbe(action.address);
    else if (action.kind === 'suspend') listener.suspend(link, action.lease);
    else if (action.kind === 'deconfigure') listener.deconfigure(link, action.lease, action.reason);
    else if (action.kind === 'log') listener.log(link, action.text);
    else send(action);
  };

  /** Errors are only logged: the network may be down, and the state machine retransmits. */
  const send = ({ message, to }: Extract<ClientAction, { kind: 'send' }>): void => {
    try {
      socket ??= openDhcpSocket(link.index, receive);
      const bytes = encodeClientMessage({ ...message, mac: link.mac, hostname: chosenHostname() });
      if (to === undefined || message.clientAddress === undefined)
        socket.broadcast(bytes, message.clientAddress);
      else socket.unicast(bytes, link.name, message.clientAddress, to);
    } catch (error) {
      logOnce(`Cannot send DHCP ${message.type}: ${reasonOf(error)}`);
    }
  };

  const sendProbe = (address: string): void => {
    try {
      prober ??= openProber(link, (mac) => handle({ kind: 'conflict', address, mac }), address);
      prober.probe();
    } catch (error) {
      logOnce(`Cannot probe ${address}: ${reasonOf(error)}`);
    }
  };

  const logOnce = (problem: string): void => {
    if (problem !== lastProblem) listener.log(link, problem);
    lastProblem = problem;
  };

  /** Any host of the network can send such replies, as many as it likes. */
  const turnDown = (text: string): void => {
    if (turnedDown.has(text) || turnedDown.size >= mostTurnedDown) return;
    turnedDown.add(text);
    listener.turnedDown(link, text);
  };

  const receive = (payload: Buffer, from: string): void => {
    const addressee = addresseeOf(payload);
    if (addressee?.mac === link.mac) handle(eventOf(payload, from, addressee.xid));
  };

  const closeSocket = (): void => {
    socket?.close();
    socket = undefined;
  };

  const closeProber = (): void => {
    prober?.close();
    prober = undefined;
  };

  handle({ kind: 'link', carrier: link.carrier });
  return {
    update: (changed) => {
      const before = link;
      link = changed;
      if (changed.carrier !== before.carrier) return handle({ kind: 'link', carrier: changed.carrier });
      // A listing that comes after a short loss shows the carrier back: the lease still has to be verified.
      if (!changed.carrier || changed.carrierChanges === before.carrierChanges) return;
      handle({ kind: 'link', carrier: false });
      handle({ kind: 'link', carrier: true });
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
      closeSocket();
      closeProber();
    },
  };
}

function eventOf(payload: Buffer, from: string, xid: number): ClientEvent {
  try {
    return { kind: 'message', message: decodeServerMessage(payload, from) };
  } catch (error) {
    if (error instanceof MessageRejected) return { kind: 'unreadable', xid, from, why: error.message };
    throw error;
  }
}
