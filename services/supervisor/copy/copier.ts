import { once } from 'node:events';
import { closeSync, constants, openSync } from 'node:fs';
import type { Socket } from 'node:net';
import { status } from '@grpc/grpc-js';
import type { CopyOrder } from '../../../lib/copy/order.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import { spawnProgram } from '../../../lib/linux/process/spawn.ts';
import { rpcError } from '../calls/rpc-error.ts';
import type { Driver } from '../service/driver.ts';
import { findService } from '../service/find-service.ts';

/** A running copy program (services/copy). */
export interface Copier {
  /** Carries the tar archive, to the program or from it. */
  readonly archive: Socket;
  /** Resolves when the program has exited: to the reason of its failure, or to an empty string. */
  readonly failure: Promise<string>;
  /** Makes it remove partly written files and exit. */
  stop(): void;
}

/** Characters of the program's standard error that are kept. */
const maxMessageLength = 4096;
/** Milliseconds from SIGTERM to SIGKILL: the program may hang on its disk. When killed, it leaves a file. */
const killTimeoutMs = 30_000;

/**
 * Starts the copy program for a running service or, for the empty name, for the machine. The program gets the
 * root folder as an open descriptor and changes root to it: the supervisor itself must not resolve paths of a
 * service.
 * @param program path of the copy program
 * @throws RpcError
 */
export function startCopier(driver: Driver, program: string, service: string, order: CopyOrder): Copier {
  const root = openRoot(driver, service);
  try {
    const args = ['--disable-warning=ExperimentalWarning', program, JSON.stringify(order)];
    // Descriptors 3 and 4 are `copyDescriptors` of lib/copy.
    const stdio = ['ignore', 'ignore', 'pipe', root, 'pipe'] as const;
    const child = spawnProgram(process.execPath, args, { cwd: '/', env: {}, stdio: [...stdio] });
    const archive = child.stdio[4] as Socket;
    archive.allowHalfOpen = true;
    archive.on('error', () => {});
    let message = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      message = (message + text).slice(0, maxMessageLength);
    });
    const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
    const failure = closed.then(
      ([code, signal]) =>
        code === 0 ? '' : message.trim() || `the program that copies ended by ${signal ?? code}`,
      (thrown: unknown) => `cannot start the program that copies: ${reasonOf(thrown)}`,
    );
    const stop = (): void => {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), killTimeoutMs);
      void failure.then(() => clearTimeout(timer));
    };
    return { archive, failure, stop };
  } finally {
    closeSync(root);
  }
}

function openRoot(driver: Driver, name: string): number {
  const path = name === '' ? '/' : `/proc/${pidOf(driver, name)}/root`;
  return openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
}

function pidOf(driver: Driver, name: string): number {
  const { pid } = findService(driver, name);
  if (pid !== 0) return pid;
  throw rpcError(status.FAILED_PRECONDITION, `service "${name}" does not run`);
}
