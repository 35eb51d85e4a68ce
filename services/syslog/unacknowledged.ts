import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';

/**
 * Bytes of a connection that its peer has not acknowledged: the `tx_queue` of /proc/net/tcp (proc_net_tcp.rst
 * of the kernel), in the network namespace of this process. Undefined when the kernel no longer has the
 * connection.
 */
export function unacknowledged({ localPort, remotePort }: Socket): number | undefined {
  if (localPort === undefined || remotePort === undefined) return undefined;
  // A dual-stack socket is in the IPv6 table, also with an IPv4 peer.
  const table = ['/proc/net/tcp', '/proc/net/tcp6'].map(readTable).join('\n');
  // Without access to /proc, data that the kernel accepted counts as acknowledged.
  return table.trim() === '' ? 0 : queued(table, localPort, remotePort);
}

/**
 *     sl  local_address rem_address   st tx_queue:rx_queue …
 *      0: 0100007F:1F90 0100007F:C0DE 01 00000000:00000000 …
 *
 * Reads `tx_queue` of the connection with these ports; of several, the largest, since callers wait for 0.
 */
export function queued(table: string, localPort: number, remotePort: number): number | undefined {
  const [local, remote] = [localPort, remotePort].map((port) =>
    port.toString(16).toUpperCase().padStart(4, '0'),
  );
  const line = new RegExp(`^ *\\d+: [0-9A-F]+:${local} [0-9A-F]+:${remote} [0-9A-F]{2} ([0-9A-F]{8}):`, 'gm');
  const sizes = [...table.matchAll(line)].map(([, size = '']) => Number.parseInt(size, 16));
  return sizes.length === 0 ? undefined : Math.max(...sizes);
}

function readTable(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    // A kernel without IPv6.
    return '';
  }
}
