import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KitError, reasonOf } from '../../../lib/errors/errors.ts';
import { machineFiles } from '../../machine/records/folder.ts';

/** A failure of a machine, or in one. */
export class MachineError extends Error {
  override readonly name = 'MachineError';
  /** The machine's name. */
  readonly machine: string;
  /** The last lines of its console, more than the message shows; empty if it printed nothing. */
  readonly console: string;

  constructor(message: string, details: { machine: string; console: string; cause?: unknown }) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.machine = details.machine;
    this.console = details.console;
  }
}

/** A machine's name and folder. */
export interface MachinePlace {
  readonly name: string;
  readonly dir: string;
}

/** Lines of the console in a message, and in `MachineError.console`. */
const shown = 30;
const kept = 400;
/** Bytes of the console's log that are read for them. */
const tailBytes = 256 << 10;

/** The error for `what` went wrong in a machine, with the end of the machine's console. */
export async function machineError(
  what: string,
  place: MachinePlace,
  cause?: unknown,
): Promise<MachineError> {
  const lines = await consoleLines(place.dir);
  const message = `${what}\n${consoleText(place.name, lines)}`;
  return new MachineError(message, { machine: place.name, console: lines.join('\n'), cause });
}

/** The machine's part of an error message. */
export async function consoleTailText({ name, dir }: MachinePlace): Promise<string> {
  return consoleText(name, await consoleLines(dir));
}

/** `thrown` as a `MachineError`; unless it is one, or the reason of `signal`, which was aborted. */
export async function asMachineError(
  thrown: unknown,
  place: MachinePlace,
  signal?: AbortSignal,
): Promise<unknown> {
  if (thrown instanceof MachineError) return thrown;
  if (signal?.aborted) return signal.reason;
  const hint = thrown instanceof KitError && thrown.hint ? `\n(hint: ${thrown.hint})` : '';
  return machineError(`${reasonOf(thrown)}${hint}`, place, thrown);
}

function consoleText(name: string, lines: readonly string[]): string {
  if (lines.length === 0) return `The console of machine "${name}" is empty.`;
  const tail = lines.slice(-shown).map((line) => `  | ${line}`);
  return [`The console of machine "${name}" ends with:`, ...tail].join('\n');
}

async function consoleLines(dir: string): Promise<string[]> {
  const bytes = await readFile(join(dir, machineFiles.console)).catch(() => Buffer.alloc(0));
  const text = bytes.subarray(-tailBytes).toString('utf8').replaceAll('\r', '').trimEnd();
  return text === '' ? [] : text.split('\n').slice(-kept);
}
