import { once } from 'node:events';
import { closeSync, constants, openSync } from 'node:fs';
import type { Socket } from 'node:net';
import { status } from '@grpc/grpc-js';
import type { CopyOrder } from '../../../lib/copy/order.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import { spawnProgram } from '../../../lib/linux/process/spawn.ts';
import { refusal } from '../access/refusal.ts';
import type { Driver } from '../service/driver.ts';
import { serviceNamed } from '../service/named.ts';

/** A program that copies for a client. */
export interface Copier {
  /** Its archive, to or from it. */
  readonly archive: Socket;
  /** When it has ended: why it failed, in half a sentence; empty: it did not. */
  readonly failed: Promise<string>;
  /** Nobody is interested any more: it clears up and ends. */
  stop(): void;
}

/** What it says of an error, at most: the rest is nobody's. */
const maxWords = 4096;
/** From being told to end until it is killed, in milliseconds: its disk may hang. */
const stopMs = 5000;

/**
 * Starts services/copy for a service that runs, or for the machine. The root it may see is handed over open, as the paths
 * of a service are nothing that this process should walk. @param program its path @throws a refusal
 */
export function startCopier(driver: Driver, program: string, service: string, order: CopyOrder): Copier {
  const root = openRoot(driver, service);
  try {
    const args = ['--disable-warning=ExperimentalWarning', program, JSON.stringify(order)];
    const stdio = ['ignore', 'ignore', 'pipe', root, 'pipe'] as const;
    const child = spawnProgram(process.execPath, args, { cwd: '/', env: {}, stdio: [...stdio] });
    const archive = child.stdio[4] as Socket;
    archive.allowHalfOpen = true;
    archive.on('error', () => {});
    let words = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(0, maxWords);
    });
    const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
    const failed = ended.then(
      ([code, signal]) =>
        code === 0 ? '' : words.trim() || `the program that copies ended by ${signal ?? code}`,
      (thrown: unknown) => `cannot start the program that copies: ${reasonOf(thrown)}`,
    );
    const stop = (): void => {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), stopMs);
      void failed.then(() => clearTimeout(timer));
    };
    return { archive, failed, stop };
  } finally {
    closeSync(root);
  }
}

function openRoot(driver: Driver, name: string): number {
  const path = name === '' ? '/' : `/proc/${pidOf(driver, name)}/root`;
  return openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
}

function pidOf(driver: Driver, name: string): number {
  const { pid } = serviceNamed(driver, name);
  if (pid !== 0) return pid;
  throw refusal(status.FAILED_PRECONDITION, `service "${name}" does not run`);
}
