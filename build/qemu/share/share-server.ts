import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { KitError, reasonOf } from '../../../lib/errors/errors.ts';
import { endedHow } from '../../../lib/linux/process/spawn.ts';
import type { ToolCommand } from '../../tools/command.ts';
import { startBound } from '../bound/start-bound.ts';
import { shareLog, shareSocket } from './share-arguments.ts';

/** A running virtiofsd, which ends with its QEMU. */
export interface ShareServer {
  /** Resolves to what it printed last. */
  readonly ended: Promise<string>;
  kill(): void;
}

const pollMs = 5;
/** It takes milliseconds, but for a host that is very busy. */
const limitMs = 180_000;

/** It prints this once it is locked into the folder and QEMU can connect. */
const isReady = (log: string): boolean => log.includes('Waiting for vhost-user socket connection');

/**
 * Starts virtiofsd in the machine's folder; the kernel kills it when this process ends. Resolves when QEMU
 * can connect. @throws KitError with what virtiofsd says
 */
export async function startShareServer(
  command: ToolCommand,
  index: number,
  dir: string,
): Promise<ShareServer> {
  const logFile = join(dir, shareLog(index));
  rmSync(join(dir, shareSocket(index)), { force: true });
  const child = startBound(command, { cwd: dir, log: logFile, flags: 'w' });
  let hasEnded = false;
  const ended = once(child, 'exit')
    .then(([code, signal]) => lastWords(logFile) || `virtiofsd ended ${endedHow(code, signal)}`, reasonOf)
    .finally(() => {
      hasEnded = true;
    });
  const kill = (): void => void child.kill('SIGKILL');
  for (const sinceMs = Date.now(); !hasEnded && Date.now() < sinceMs + limitMs; await pause(pollMs))
    if (isReady(readFileSync(logFile, 'utf8'))) return { ended, kill };
  kill();
  throw new KitError(`Cannot start virtiofsd: ${hasEnded ? await ended : 'it does not get ready'}`);
}

/** The last line, without its beginning: `[2026-01-02T03:04:05Z ERROR virtiofsd] Error entering …`. */
function lastWords(logFile: string): string {
  const line = readFileSync(logFile, 'utf8').trimEnd().split('\n').at(-1) ?? '';
  return line.replace(/^\[\S+ +\w+ +[\w:]+\] /, '');
}
