import { writeSync } from 'node:fs';

/**
 * Writes a line to standard output (1) or standard error (2). Where nobody reads any more it is dropped: an error of
 * `process.stdout` would end the program, or, where a handler logs errors, keep it busy with its own for ever. Those
 * streams also take 5 ms to make at the start of a program.
 */
export function printLine(line: string, fd: 1 | 2 = 1): void {
  try {
    writeSync(fd, `${line}\n`);
  } catch {}
}
