import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { textLines } from '../../lib/log/block.ts';
import type { LogWriter } from '../../lib/log/writer.ts';

/** Pipes that a daemonised grandchild holds open are let go after this. */
const lingerMs = 500;

/**
 * Keeps what a program writes: each line to its log, and to `show` if given. Resolves when both pipes have ended, or
 * soon after `ended` has resolved: whoever writes there, which need not be the child itself.
 */
export async function keepOutput(
  { stdout, stderr }: ChildProcess,
  ended: Promise<unknown>,
  log: LogWriter,
  show?: (line: string) => void,
): Promise<void> {
  const streams = [keepStream(stdout, 'stdout', log, show), keepStream(stderr, 'stderr', log, show)];
  await Promise.race([Promise.all(streams), ended.then(() => sleep(lingerMs, undefined, { ref: false }))]);
  stdout?.destroy();
  stderr?.destroy();
}

function keepStream(
  stream: Readable | null,
  name: 'stdout' | 'stderr',
  log: LogWriter,
  show?: (line: string) => void,
): Promise<void> {
  const sink = log.sink(name, ({ pieces }) => {
    if (show) for (const line of textLines(Buffer.concat(pieces))) show(line);
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
