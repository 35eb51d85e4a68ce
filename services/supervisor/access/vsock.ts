import { closeSync, existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { controlVsockPort } from '../../../lib/bundle/bundle.ts';
import { type Enter, enterBy } from '../../../lib/control/port.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import {
  lastReservedVsockPort,
  listenOnVsock,
  type VsockAddress,
  vsockCid,
} from '../../../lib/linux/net/vsock.ts';
import { type House, openEntrance, type Way } from './entrance.ts';
import type { Notices } from './notices.ts';

/** How often the device is looked for, and for how long: its driver may still be loading. Milliseconds. */
const lookMs = 2000;
const patienceMs = 120_000;
const maxConnections = 64;

/** A hypervisor by vhost: its kernel takes the host's CID for its own, so that a program of it could be taken for the host. */
const hypervisor = '/dev/vhost-vsock';

const name = 'the host by vsock';
/** The host owns the machine. */
export const hostByVsock: Way = { name, clientOf: () => ({ name, role: 'debug' }), maxCalls: 100 };

/**
 * Serves by vsock to root of the host. Nothing is configured, and nothing needs to be: the kernels at both ends vouch for
 * the peer's CID and for its right to the port it comes from.
 * @param device `/dev/vsock` @returns when it listens, or there is none
 */
export async function serveOnVsock(house: House, device: string): Promise<void> {
  for (let waitedMs = 0; !existsSync(device); waitedMs += lookMs) {
    if (waitedMs >= patienceMs) return;
    await pause(lookMs, undefined, { ref: false });
  }
  if (existsSync(hypervisor)) return;
  const enter = openEntrance(house, hostByVsock);
  try {
    listenOnVsock(controlVsockPort, doorkeeper(enter, house.notices));
  } catch (thrown) {
    house.notices.tell('vsock', `cannot listen on vsock port ${controlVsockPort}: ${reasonOf(thrown)}`);
  }
}

/** Takes a connection: root of the host goes in, and who else comes is told of and turned away before a byte of it is read. */
export function doorkeeper(enter: Enter, notices: Notices): (fd: number, peer: VsockAddress) => void {
  let inside = 0;
  return (fd, peer) => {
    const why = isHostRoot(peer)
      ? inside >= maxConnections && `${maxConnections} are connected`
      : 'only root of the host may, from a port below 1024';
    if (why) {
      notices.tell(`vsock ${peer.cid} ${why}`, `vsock ${peer.cid}:${peer.port} was turned away: ${why}`);
      closeSync(fd);
      return;
    }
    inside += 1;
    void enterBy(fd, enter).finally(() => {
      inside -= 1;
    });
  };
}

const isHostRoot = ({ cid, port }: VsockAddress): boolean =>
  cid === vsockCid.host && port <= lastReservedVsockPort;
