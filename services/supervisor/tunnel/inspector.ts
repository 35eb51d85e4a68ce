import { once } from 'node:events';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { constants } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { inspectFolderOf } from '../../../lib/bundle/bundle.ts';
import type { DebugStart } from '../../../lib/control/generated/control.ts';
import { codeOf } from '../../../lib/errors/errors.ts';
import { refusal } from '../access/refusal.ts';
import type { Driver } from '../service/driver.ts';
import { runningService, serviceNamed } from '../service/named.ts';

/** How long a service may take to open its door, in milliseconds: an emulated machine starts Node in seconds. */
const patience = { running: 15_000, restarting: 120_000 } as const;
const stuck = 'it does not answer, as if it never came back to its event loop';
const lookMs = 50;
const knockMs = 1000;

/** The protocol's socket of a Node service, which is asked to open it, or started anew with it open. */
export async function openInspector(
  driver: Driver,
  { service: name, break: stop }: DebugStart,
): Promise<Socket> {
  serviceNamed(driver, name);
  const folder = inspectFolderOf(name);
  if (!isFolder(folder)) {
    throw refusal(
      status.FAILED_PRECONDITION,
      `Cannot debug service "${name}": it is no TypeScript service of kit's`,
    );
  }
  if (stop) return restartStopped(driver, name, folder);
  const { runner } = runningService(driver, name, 'Cannot debug');
  const knock = async () => runner.kill(constants.signals.SIGUSR1);
  return untilOpen(name, join(folder, 'socket'), patience.running, knock, stuck);
}

async function restartStopped(driver: Driver, name: string, folder: string): Promise<Socket> {
  const order = join(folder, 'break');
  rmSync(join(folder, 'socket'), { force: true });
  writeFileSync(order, '');
  try {
    driver.dispatch({ kind: 'restart', name });
    return await untilOpen(
      name,
      join(folder, 'socket'),
      patience.restarting,
      async () => {},
      'it does not start',
    );
  } finally {
    // Of this start alone: later ones run through.
    rmSync(order, { force: true });
  }
}

/**
 * A socket that is there may be left of a run that was killed: nobody answers it. A service that is just closing its door
 * does not hear a knock, so it is knocked at again.
 */
async function untilOpen(
  name: string,
  path: string,
  limitMs: number,
  knock: () => Promise<void> | undefined,
  late: string,
): Promise<Socket> {
  for (let waited = 0; waited < limitMs; waited += lookMs) {
    const socket = connect({ path, allowHalfOpen: true });
    try {
      await once(socket, 'connect');
      return socket;
    } catch (thrown) {
      socket.destroy();
      if (codeOf(thrown) !== 'ENOENT' && codeOf(thrown) !== 'ECONNREFUSED') throw thrown;
    }
    if (waited % knockMs === 0) await knock();
    await pause(lookMs);
  }
  throw refusal(status.DEADLINE_EXCEEDED, `Cannot debug service "${name}": ${late}`);
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
