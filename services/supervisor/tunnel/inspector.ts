import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { constants } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { inspectFolderOf } from '../../../lib/bundle/bundle.ts';
import type { DebugStart } from '../../../lib/control/generated/control.ts';
import { codeOf, reasonOf } from '../../../lib/errors/errors.ts';
import { ServiceFolder } from '../../../lib/files/service-folder.ts';
import { rpcError } from '../calls/rpc-error.ts';
import type { Driver } from '../service/driver.ts';
import { findRunningService, findService } from '../service/find-service.ts';

/**
 * Milliseconds that a service may take to open its inspector: Node takes seconds to start on an emulated
 * machine.
 */
const openTimeouts = { running: 15_000, restarting: 120_000 } as const;
const connectEveryMs = 50;
const signalEveryMs = 1000;

/**
 * Connects to the inspector socket of a Node service. A running service opens it on SIGUSR1; with `break` the
 * service is restarted with the inspector open. The folder is the service's: it may put anything there.
 * @throws RpcError
 */
export async function openInspector(
  driver: Driver,
  { service: name, break: breakAtStart }: DebugStart,
  folderOf: (service: string) => string = inspectFolderOf,
): Promise<Socket> {
  findService(driver, name);
  using folder = ServiceFolder.open(folderOf(name));
  if (!folder) {
    throw rpcError(
      status.FAILED_PRECONDITION,
      `Cannot debug service "${name}": it is no TypeScript service of kit's`,
    );
  }
  const socket = breakAtStart
    ? await restartWithInspector(driver, name, folder)
    : await signalAndConnect(driver, name, folder);
  if (socket) return socket;
  const late = breakAtStart
    ? 'it does not start'
    : 'it does not answer, as if it never came back to its event loop';
  throw rpcError(status.DEADLINE_EXCEEDED, `Cannot debug service "${name}": ${late}`);
}

async function restartWithInspector(
  driver: Driver,
  name: string,
  folder: ServiceFolder,
): Promise<Socket | undefined> {
  try {
    folder.remove('socket');
    folder.mark('break', 0o644);
  } catch (thrown) {
    const why = `the service has changed its folder for debuggers: ${reasonOf(thrown)}`;
    throw rpcError(status.FAILED_PRECONDITION, `Cannot debug service "${name}": ${why}`);
  }
  try {
    driver.dispatch({ kind: 'restart', name });
    return await connectWhenOpen(folder, openTimeouts.restarting);
  } finally {
    // Later starts must not break.
    folder.remove('break');
  }
}

function signalAndConnect(driver: Driver, name: string, folder: ServiceFolder): Promise<Socket | undefined> {
  const { runner } = findRunningService(driver, name, 'Cannot debug');
  const signal = () => runner.kill(constants.signals.SIGUSR1);
  return connectWhenOpen(folder, openTimeouts.running, signal);
}

/**
 * Connects until it succeeds; undefined after `limitMs`. A socket file may be left from a run that was
 * killed, and refuses connections. A service that is just closing its inspector ignores the signal, so the
 * signal is repeated.
 */
async function connectWhenOpen(
  folder: ServiceFolder,
  limitMs: number,
  signal: () => void = () => {},
): Promise<Socket | undefined> {
  for (let waited = 0; waited < limitMs; waited += connectEveryMs) {
    const socket = await connectTo(folder);
    if (socket) return socket;
    if (waited % signalEveryMs === 0) signal();
    await pause(connectEveryMs);
  }
  return undefined;
}

/** Undefined: nobody listens. */
async function connectTo(folder: ServiceFolder): Promise<Socket | undefined> {
  using file = folder.socket('socket');
  if (!file) return undefined;
  const socket = connect({ path: file.path, allowHalfOpen: true });
  try {
    await once(socket, 'connect');
    return socket;
  } catch (thrown) {
    socket.destroy();
    if (codeOf(thrown) !== 'ECONNREFUSED') throw thrown;
    return undefined;
  }
}
