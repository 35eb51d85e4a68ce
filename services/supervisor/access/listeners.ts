import { readFileSync } from 'node:fs';
import { controlPortName } from '../../../lib/bundle/bundle.ts';
import type { ControlConfig } from '../../../lib/bundle/control.ts';
import { serveOnPort } from '../../../lib/control/port.ts';
import { codeOf } from '../../../lib/errors/errors.ts';
import { connectionServer, type ListenerSettings } from './connection-server.ts';
import { hostPeer } from './peer.ts';
import { serveOverTls } from './tls.ts';
import { serveOnUnixSocket } from './unix-socket.ts';
import { serveOnVsock } from './vsock.ts';

/** Paths. */
export interface ListenerPaths {
  readonly controlSocket: string;
  readonly readSocket: string;
  readonly operateSocket: string;
  /** The file with the manifest's `control:` (lib/bundle `ControlConfig`), if it has any. */
  readonly control: string;
  /** The vsock device. */
  readonly vsock: string;
}

/** The host's monitor carries the calls of all its clients over one connection. */
const hostStreams = 2000;

/**
 * Opens all listeners. Resolves when the unix sockets are open; the others open when their devices or files
 * exist.
 * @param serviceOf the service that a process belongs to
 */
export async function openListeners(
  settings: ListenerSettings,
  { controlSocket, readSocket, operateSocket, control, vsock }: ListenerPaths,
  serviceOf: (pid: number) => string | undefined,
): Promise<void> {
  const accept = connectionServer(settings);
  // For root only: it controls the machine.
  await serveOnUnixSocket(accept, { path: controlSocket, mode: 0o600, role: 'debug', serviceOf });
  // For containers that mount its folder, whatever user they run as: only the mount controls access.
  await serveOnUnixSocket(accept, { path: readSocket, mode: 0o666, role: 'read', serviceOf });
  // For services whose package says so: root of the machine's own user namespace.
  await serveOnUnixSocket(accept, { path: operateSocket, mode: 0o600, role: 'operate', serviceOf });
  const acceptHost = connectionServer(settings, hostStreams);
  void serveOnPort((connection) => acceptHost(connection, hostPeer), controlPortName);
  void serveOnVsock(accept, settings, vsock);
  const tls = readControlConfig(control);
  if (tls) void serveOverTls(accept, settings, tls);
}

/** Undefined if the manifest has no `control:`; then no TCP port is opened. */
function readControlConfig(path: string): ControlConfig | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ControlConfig;
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return undefined;
    throw thrown;
  }
}
