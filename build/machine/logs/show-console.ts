import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from '../../host/context.ts';
import { isLive, type Machine, readMachine } from '../records/find.ts';
import { machineFiles } from '../records/folder.ts';

const pollMs = 300;

/**
 * Prints the log of the serial console.
 * @param options tail: the number of lines to start with, 0 for all; follow: continue until the machine has
 * ended
 */
export async function showConsole(
  { dir }: Machine,
  { tail, follow }: { readonly tail: number; readonly follow: boolean },
  { stdout, signal }: Pick<Context, 'stdout' | 'signal'>,
): Promise<void> {
  const path = join(dir, machineFiles.console);
  let bytes = await readFile(path).catch(() => Buffer.alloc(0));
  stdout.write(lastLines(bytes, tail));
  let offset = bytes.length;
  while (follow && !signal.aborted) {
    // Read before the rest of the file, so that nothing written before the end is missed.
    const machine = await readMachine(dir);
    bytes = Buffer.concat(await Array.fromAsync(createReadStream(path, { start: offset })));
    stdout.write(bytes);
    offset += bytes.length;
    if (!machine || !isLive(machine)) return;
    await pause(pollMs);
  }
}

/** The last `count` lines, the last of which may lack its newline; all for 0. */
export function lastLines(bytes: Buffer, count: number): Buffer {
  if (count === 0) return bytes;
  let at = bytes.length - 1;
  for (let lines = 0; lines < count && at > 0; lines += 1) at = bytes.lastIndexOf('\n', at - 1);
  return bytes.subarray(at > 0 ? at + 1 : 0);
}
