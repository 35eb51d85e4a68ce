import { KitError, reasonOf } from '../../../lib/errors/errors.ts';
import { listAddresses } from '../../../lib/linux/netlink/rtnetlink.ts';
import type { Link } from '../../../lib/linux/netlink/rtnetlink-link.ts';
import { uptimeMs } from '../../../lib/linux/system/host.ts';
import { AF_INET6 } from '../../../lib/net/ip.ts';
import type { Lease6, Settings6 } from './lease6.ts';
import { decodeMessage6, encodeMessage6 } from './message6.ts';
import { OnDemandSocket6 } from './on-demand6.ts';
import { type Dhcpv6Socket, openDhcpv6Socket } from './socket6.ts';
import { initialState6, transition6, wakeAt6 } from './state/machine6.ts';
import type { Action6, Event6, Send6, State6, Wanted } from './state/state6.ts';

export interface Lease6Listener {
  configure(lease: Lease6, renewed: boolean): void;
  deconfigure(lease: Lease6, reason: string): void;
  inform(settings: Settings6): void;
  log(text: string): void;
}

export interface Dhcpv6Client {
  want(wanted: Wanted): void;
  /** The interface has a carrier, or has lost it. */
  link(carrier: boolean): void;
  /** Another host has these addresses of the lease. */
  conflict(addresses: readonly string[]): void;
  /** @param release gives a lease back first, which takes up to two seconds */
  close(release: boolean): Promise<void>;
}

const longestSleep = 24 * 3600 * 1000;
/** The kernel takes one to two seconds until the link-local address can be used. */
const addressPollMs = 250;
const texts = 8;

/**
 * Runs the DHCPv6 state machine of one interface while there is a carrier and a link-local address. Its
 * socket is open only while an answer is awaited.
 */
export function startClient6(link: Link, duid: Buffer, listener: Lease6Listener): Dhcpv6Client {
  const iaid = Buffer.from(link.mac.replaceAll(':', ''), 'hex').readUInt32BE(2);
  let state: State6 = initialState6;
  let timer: NodeJS.Timeout | undefined;
  let opening: NodeJS.Timeout | undefined;
  let carrier = false;
  /** There is a carrier, and an address. */
  let online = false;
  let closed = false;
  let wanted: Wanted = initialState6.wanted;
  let onReleased = (): void => {};
  const logged = new Set<string>();
  const socket = new OnDemandSocket6(() => openOn(link, receive));

  const handle = (event: Event6): void => {
    if (closed || !online) return;
    const next = transition6(state, event, { now: uptimeMs(), random: Math.random });
    state = next.state;
    next.actions.forEach(execute);
    if (!('exchange' in state)) socket.close();
    clearTimeout(timer);
    const sleep = wakeAt6(state) - uptimeMs();
    if (sleep !== Number.POSITIVE_INFINITY)
      timer = setTimeout(() => handle({ kind: 'tick' }), Math.min(longestSleep, Math.max(0, sleep) + 1));
  };

  const execute = (action: Action6): void => {
    if (action.kind === 'send') send(action.message);
    else if (action.kind === 'configure') {
      logged.clear();
      listener.configure(action.lease, action.renewed);
    } else if (action.kind === 'deconfigure') listener.deconfigure(action.lease, action.reason);
    else if (action.kind === 'released') onReleased();
    else if (action.kind === 'inform') listener.inform(action.settings);
    else logOnce(action.text);
  };

  /** Errors are only logged: the state machine sends again. */
  const send = (message: Send6): void => {
    const failed = (error: unknown): void =>
      logOnce(`Cannot send DHCPv6 ${message.type}: ${reasonOf(error)}`);
    socket.send(encodeMessage6({ ...message, duid, iaid }), failed);
  };

  /** Any host of the network can cause such lines. */
  const logOnce = (text: string): void => {
    if (logged.has(text) || logged.size >= texts) return;
    logged.add(text);
    listener.log(text);
  };

  const receive = (payload: Buffer): void => {
    const message = decodeMessage6(payload);
    if (message?.client.equals(duid)) handle({ kind: 'message', message });
  };

  const start = async (): Promise<void> => {
    const result = await socket.open();
    if (result === 'unusable') opening = setTimeout(start, addressPollMs);
    if (result !== 'open') return;
    online = true;
    const isSame = JSON.stringify(wanted) === JSON.stringify(state.wanted);
    handle(isSame ? { kind: 'link' } : { kind: 'want', wanted });
  };

  const stop = (): void => {
    onReleased();
    online = false;
    clearTimeout(opening);
    clearTimeout(timer);
    socket.close();
  };

  return {
    want: (next) => {
      wanted = next;
      handle({ kind: 'want', wanted });
    },
    link: (next) => {
      if (next === carrier) return;
      carrier = next;
      if (carrier) start();
      else stop();
    },
    conflict: (addresses) => handle({ kind: 'conflict', addresses }),
    close: async (release) => {
      if (release && online)
        await new Promise<void>((resolve) => {
          onReleased = resolve;
          handle({ kind: 'release' });
        });
      closed = true;
      stop();
    },
  };
}

/** @throws KitError; Error, as `openDhcpv6Socket` */
async function openOn(link: Link, receive: (payload: Buffer) => void): Promise<Dhcpv6Socket> {
  const address = linkLocalOf(link);
  if (address === undefined) throw new KitError(`"${link.name}" has no link-local address`);
  return openDhcpv6Socket(link.name, address, receive);
}

const linkLocalOf = ({ index }: Link): string | undefined =>
  listAddresses(AF_INET6).find((one) => one.index === index && /^fe[89ab]/.test(one.address))?.address;
