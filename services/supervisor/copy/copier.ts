import { once } from 'node:events';
import { closeSync, constants, openSync, readlinkSync } from 'node:fs';
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
  const { root, users } = openPlace(driver, service);
  try {
    const node = [process.execPath, '--disable-warning=ExperimentalWarning', program, JSON.stringify(order)];
    const [file = '', ...args] = users === undefined ? node : [...enterUsers, ...node];
    // Descriptors 3 and 4 are `copyDescriptors` of lib/copy.
    const stdio = ['ignore', 'ignore', 'pipe', root, 'pipe', users ?? 'ignore'] as const;
    const child = spawnProgram(file, args, { cwd: '/', env: {}, stdio: [...stdio] });
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
    if (users !== undefined) closeSync(users);
  }
}

/**
 * For a service with a user namespace of its own: becomes the root of that namespace, whom the service's
 * files belong to, and who is nobody outside it. A program with threads, such as Node, cannot do that itself
 * (setns(2)).
 */
const enterUsers = ['/usr/bin/nsenter', '-U/proc/self/fd/5', '-S', '0', '-G', '0'];

interface Place {
  /** A descriptor of the root folder. */
  readonly root: number;
  /** A descriptor of the user namespace; undefined: that of the machine. */
  readonly users: number | undefined;
}

function openPlace(driver: Driver, name: string): Place {
  const folder = constants.O_RDONLY | constants.O_DIRECTORY;
  if (name === '') return { root: openSync('/', folder), users: undefined };
  // Both of the same process, even if another one gets its pid meanwhile.
  const process = openSync(`/proc/${pidOf(driver, name)}`, folder);
  try {
    const own = `/proc/self/fd/${process}`;
    const shares = readlinkSync(`${own}/ns/user`) === readlinkSync('/proc/self/ns/user');
    const users = shares ? undefined : openSync(`${own}/ns/user`, 'r');
    return { root: openSync(`${own}/root`, folder), users };
  } finally {
    closeSync(process);
  }
}

function pidOf(driver: Driver, name: string): number {
  const { pid } = findService(driver, name);
  if (pid !== 0) return pid;
  throw rpcError(status.FAILED_PRECONDITION, `service "${name}" does not run`);
}
