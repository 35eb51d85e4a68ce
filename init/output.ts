import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { LineSplitter } from '../lib/log/splitter.ts';
import type { LogWriter } from '../lib/log/writer.ts';

/** Pipes that a daemonised grandchild holds open are let go after this. */
const lingerMs = 500;

/**
 * Keeps what a program writes: each line to its log, and to `show` if given. Resolves when both pipes have ended, or
 * soon after the program itself has.
 */
export async function keepOutput(
  child: ChildProcess,
  log: LogWriter,
  show?: (line: string) => void,
): Promise<void> {
  const ended = [
    keepStream(child.stdout, 'stdout', log, show),
    keepStream(child.stderr, 'stderr', log, show),
  ];
  const linger = new Promise<void>((resolve) => {
    child.once('exit', () => setTimeout(resolve, lingerMs));
    child.once('error', () => resolve());
  });
  await Promise.race([Promise.all(ended), linger]);
  child.stdout?.destroy();
  child.stderr?.destroy();
}

function keepStream(
  stream: Readable | null,
  name: 'stdout' | 'stderr',
  log: LogWriter,
  show?: (line: string) => void,
): Promise<void> {
  const splitter = new LineSplitter();
  const keep = (lines: readonly string[]): void => {
    log.write(name, lines);
    if (show) for (const line of lines) show(line);
  };
  return new Promise((resolve) => {
    stream?.on('data', (chunk: Buffer) => keep(splitter.push(chunk)));
    stream?.on('error', () => resolve());
    stream?.on('close', () => {
      keep(splitter.end());
      resolve();
    });
    if (!stream) resolve();
  });
}
