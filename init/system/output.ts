import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { textLines } from '../../lib/log/block.ts';
import { unmarked } from '../../lib/log/level.ts';
import type { Program } from './program.ts';
import type { OutputLog } from './system.ts';

/** How long pipes may stay open after the end: a daemonised grandchild would hold them for ever. */
const lingerMs = 500;

/**
 * Writes a program's output to its log, and passes each line to `onLine` if given. Resolves when both pipes
 * have ended, or `lingerMs` after `ended`: the end of the processes that write there, which need not be the
 * program itself.
 */
export async function logOutput(
  { stdout, stderr }: Pick<Program, 'stdout' | 'stderr'>,
  ended: Promise<unknown>,
  log: OutputLog,
  onLine?: (line: string) => void,
): Promise<void> {
  const streams = [logStream(stdout, 'stdout', log, onLine), logStream(stderr, 'stderr', log, onLine)];
  await Promise.race([Promise.all(streams), ended.then(() => sleep(lingerMs, undefined, { ref: false }))]);
  stdout?.destroy();
  stderr?.destroy();
}

function logStream(
  stream: Readable | null,
  name: 'stdout' | 'stderr',
  log: OutputLog,
  onLine?: (line: string) => void,
): Promise<void> {
  const sink = log.sink(name, ({ pieces }) => {
    if (onLine) for (const line of textLines(Buffer.concat(pieces))) onLine(unmarked(line));
  });
  return new Promise((resolve) => {
    stream?.on('data', (chunk: Buffer) => sink.push(chunk));
    stream?.on('error', () => resolve());
    stream?.on('close', () => {
      sink.end();
      resolve();
    });
    if (!stream) resolve();
  });
}
