import { readFileSync } from 'node:fs';
import { controlPortName } from '../../../lib/bundle/bundle.ts';
import type { ControlConfig } from '../../../lib/bundle/control.ts';
import { serveOnPort } from '../../../lib/control/port.ts';
import { codeOf } from '../../../lib/errors/errors.ts';
import { type House, openEntrance, type Way } from './entrance.ts';
import { listenOnSocket } from './listen.ts';
import type { Role } from './roles.ts';
import { serveOverTls } from './tls.ts';
import { serveOnVsock } from './vsock.ts';

/** Where the unix sockets are, what the manifest says of the network, and the machine's own device for vsock. */
export interface Places {
  readonly controlSocket: string;
  readonly readSocket: string;
  readonly control: string;
  readonly vsock: string;
}

/** Opens every way into the machine. Resolves when the unix sockets are there; the others come when their devices do. */
export async function openEntrances(
  house: House,
  { controlSocket, readSocket, control, vsock }: Places,
): Promise<void> {
  // Root's alone: it rules the machine.
  const ruling = openEntrance(house, way(`a client of ${controlSocket}`, 'debug', 100));
  await listenOnSocket(ruling, controlSocket, 0o600);
  // For containers, whose user is anybody: who has the folder mounted may read, and nobody else sees it.
  const reading = openEntrance(house, way(`a client of ${readSocket}`, 'read', 100));
  await listenOnSocket(reading, readSocket, 0o666);
  // The host owns the machine. All its clients come by one connection, which is its monitor's.
  const host = openEntrance(house, way('the host', 'debug', 10_000));
  void serveOnPort(host, controlPortName);
  void serveOnVsock(house, vsock);
  const overNetwork = readConfig(control);
  if (overNetwork) void serveOverTls(house, overNetwork);
}

/** Undefined when the manifest does not ask for it: then no port is ever open. */
function readConfig(path: string): ControlConfig | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ControlConfig;
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return undefined;
    throw thrown;
  }
}

function way(name: string, role: Role, maxCalls: number): Way {
  return { name, clientOf: () => ({ name, role }), maxCalls };
}
