import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as pause } from 'node:timers/promises';
import { visibleText } from '../../../lib/errors/visible.ts';
import type { Context } from '../../host/context.ts';
import { isLive, type Machine, readMachine } from '../records/find.ts';
import { machineFiles } from '../records/folder.ts';

const pollMs = 300;

/**
 * Prints the log of the serial console: as it is, but on a terminal without what that would act on, as what
 * was written for the console's own terminal is shown on another one, later.
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
  const shown = stdout.isTTY ? consoleText() : (some: Buffer) => some;
  stdout.write(shown(lastLines(bytes, tail)));
  let offset = bytes.length;
  while (follow && !signal.aborted) {
    // Read before the rest of the file, so that nothing written before the end is missed.
    const machine = await readMachine(dir);
    bytes = Buffer.concat(await Array.fromAsync(createReadStream(path, { start: offset })));
    stdout.write(shown(bytes));
    offset += bytes.length;
    if (!machine || !isLive(machine)) return;
    await pause(pollMs);
  }
}

/** Decodes and escapes a stream in pieces. */
function consoleText(): (bytes: Buffer) => string {
  const decoder = new StringDecoder('utf8');
  let held = '';
  return (bytes) => {
    // A line's end, or an escape sequence, may be in two pieces.
    const text = held + decoder.write(bytes);
    held = /(?:\r+|\x1b\[?[\d;:]{0,32})$/.exec(text)?.[0] ?? '';
    return visibleText(text.slice(0, text.length - held.length).replace(/\r+\n/g, '\n'));
  };
}

/** The last `count` lines, the last of which may lack its newline; all for 0. */
export function lastLines(bytes: Buffer, count: number): Buffer {
  if (count === 0) return bytes;
  let at = bytes.length - 1;
  for (let lines = 0; lines < count && at > 0; lines += 1) at = bytes.lastIndexOf('\n', at - 1);
  return bytes.subarray(at > 0 ? at + 1 : 0);
}
