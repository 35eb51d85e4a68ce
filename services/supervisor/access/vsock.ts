import { closeSync, existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { controlVsockPort } from '../../../lib/bundle/bundle.ts';
import { acceptDescriptor } from '../../../lib/control/port.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import {
  lastReservedVsockPort,
  listenOnVsock,
  type VsockAddress,
  vsockCid,
} from '../../../lib/linux/net/vsock.ts';
import type { AcceptPeer, ListenerSettings } from './connection-server.ts';
import type { Peer } from './peer.ts';

/** Milliseconds between two checks for the device, and in total: its driver may still be loading. */
const lookEveryMs = 2000;
const maxWaitMs = 120_000;
const maxConnections = 64;

/** Exists on a vhost hypervisor, whose own processes have the host's CID and could pass for the host. */
const vhostDevice = '/dev/vhost-vsock';

/** The host owns the machine, hence the highest role. */
const hostByVsock = ({ cid, port }: VsockAddress): Peer => ({
  name: 'the host by vsock',
  role: 'debug',
  key: `vsock ${cid}`,
  identity: { transport: 'vsock', cid, port },
});

/**
 * Serves by vsock to root of the host. This needs no configuration: the kernels of both sides guarantee the
 * peer's CID and its right to use the port it connects from. Resolves when it listens, or if there is no
 * device.
 * @param device `/dev/vsock`
 */
export async function serveOnVsock(
  accept: AcceptPeer,
  settings: Pick<ListenerSettings, 'log' | 'audit'>,
  device: string,
): Promise<void> {
  for (let waitedMs = 0; !existsSync(device); waitedMs += lookEveryMs) {
    if (waitedMs >= maxWaitMs) return;
    await pause(lookEveryMs, undefined, { ref: false });
  }
  if (existsSync(vhostDevice)) return;
  try {
    listenOnVsock(controlVsockPort, acceptHostRoot(accept, settings));
  } catch (thrown) {
    settings.log.log('vsock', `cannot listen on vsock port ${controlVsockPort}: ${reasonOf(thrown)}`);
  }
}

/** Accepts connections of root of the host. Others are closed before a byte of them is read, and logged. */
export function acceptHostRoot(
  accept: AcceptPeer,
  { log, audit }: Pick<ListenerSettings, 'log' | 'audit'>,
): (fd: number, peer: VsockAddress) => void {
  let connections = 0;
  return (fd, peer) => {
    const why = isHostRoot(peer)
      ? connections >= maxConnections && `${maxConnections} are connected`
      : 'only root of the host may, from a port below 1024';
    if (why) {
      log.log(`vsock ${peer.cid} ${why}`, `vsock ${peer.cid}:${peer.port} was turned away: ${why}`);
      const fields = { why, transport: 'vsock', ...peer };
      audit.record({ kind: 'stranger', key: '' }, { action: 'connect', result: 'refused', fields });
      closeSync(fd);
      return;
    }
    connections += 1;
    void acceptDescriptor(fd, (connection) => accept(connection, hostByVsock(peer))).finally(() => {
      connections -= 1;
    });
  };
}

const isHostRoot = ({ cid, port }: VsockAddress): boolean =>
  cid === vsockCid.host && port <= lastReservedVsockPort;
