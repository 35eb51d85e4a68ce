import { controlPortName } from '../../../lib/bundle/bundle.ts';
import { serveOnPort } from '../../../lib/control/port.ts';
import { listenOnSocket } from '../listen.ts';
import { type House, openEntrance } from './entrance.ts';

/** Where the unix sockets are. */
export interface Sockets {
  readonly controlSocket: string;
  readonly readSocket: string;
}

/** Opens every way into the machine. Resolves when the unix sockets are there; the others come when their devices do. */
export async function openEntrances(house: House, { controlSocket, readSocket }: Sockets): Promise<void> {
  // Root's alone: it rules the machine.
  const control = openEntrance(house, () => ({ name: `a client of ${controlSocket}`, role: 'debug' }));
  await listenOnSocket(control, controlSocket, 0o600);
  // For containers, whose user is anybody: who has the folder mounted may read, and nobody else sees it.
  const reading = openEntrance(house, () => ({ name: `a client of ${readSocket}`, role: 'read' }));
  await listenOnSocket(reading, readSocket, 0o666);
  // The host owns the machine.
  const host = openEntrance(house, () => ({ name: 'the host', role: 'debug' }));
  void serveOnPort(host, controlPortName);
}
