import { readFileSync } from 'node:fs';
import { controlPortName } from '../../../lib/bundle/bundle.ts';
import type { ControlConfig } from '../../../lib/bundle/control.ts';
import { serveOnPort } from '../../../lib/control/port.ts';
import { codeOf } from '../../../lib/errors/errors.ts';
import type { Role } from './roles.ts';
import { serveOverTls } from './tls.ts';
import { type ListenerSettings, serveTransport, type Transport } from './transport.ts';
import { serveOnUnixSocket } from './unix-socket.ts';
import { serveOnVsock } from './vsock.ts';

/** Paths. */
export interface ListenerPaths {
  readonly controlSocket: string;
  readonly readSocket: string;
  /** The file with the manifest's `control:` (lib/bundle `ControlConfig`), if it has any. */
  readonly control: string;
  /** The vsock device. */
  readonly vsock: string;
}

/**
 * Opens all listeners. Resolves when the unix sockets are open; the others open when their devices or files
 * exist.
 */
export async function openListeners(
  settings: ListenerSettings,
  { controlSocket, readSocket, control, vsock }: ListenerPaths,
): Promise<void> {
  // For root only: it controls the machine.
  const rootClients = transport(`a client of ${controlSocket}`, 'debug', 100);
  await serveOnUnixSocket(serveTransport(settings, rootClients), controlSocket, 0o600);
  // For containers that mount its folder, whatever user they run as: only the mount controls access.
  const containerClients = transport(`a client of ${readSocket}`, 'read', 100);
  await serveOnUnixSocket(serveTransport(settings, containerClients), readSocket, 0o666);
  // The host owns the machine, hence the highest role. Its monitor carries the calls of all its clients over
  // one connection, hence the higher limit.
  const host = transport('the host', 'debug', 10_000);
  void serveOnPort(serveTransport(settings, host), controlPortName);
  void serveOnVsock(settings, vsock);
  const tls = readControlConfig(control);
  if (tls) void serveOverTls(settings, tls);
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

function transport(name: string, role: Role, maxCalls: number): Transport {
  return { name, callerOf: () => ({ name, role }), maxCalls };
}
