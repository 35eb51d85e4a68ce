import { writeSync } from 'node:fs';

/**
 * Writes a line to standard output (1) or standard error (2); errors are ignored. With `process.stdout` an
 * error, such as EPIPE, would end the program, or make a handler that logs errors cause the next one.
 * Creating those streams also takes 5 ms at the start of a program.
 */
export function printLine(line: string, fd: 1 | 2 = 1): void {
  try {
    writeSync(fd, `${line}\n`);
  } catch {}
}
