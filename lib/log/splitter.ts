import { logLimits } from './line.ts';

const newline = 0x0a;
const carriageReturn = 0x0d;

/** Ends a message that was cut. */
export const cutMark = ' [cut]';

/**
 * Cuts a byte stream into lines, holding at most `limit` bytes: what reaches the limit is given out at once with
 * `cutMark`, and the rest of that line is dropped, so that a program that never ends its line cannot eat the machine.
 */
export class LineSplitter {
  readonly #limit: number;
  #parts: Buffer[] = [];
  #held = 0;
  #skipping = false;

  constructor(limit: number = logLimits.line) {
    this.#limit = limit;
  }

  /** The lines that `chunk` completes. The chunk's memory may be used again afterwards. */
  push(chunk: Buffer): string[] {
    const lines: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      this.#add(chunk.subarray(start, end), lines);
      if (!this.#skipping) lines.push(this.#take());
      this.#skipping = false;
      start = end + 1;
    }
    // A copy, as it outlives the chunk; no longer than what can be of use.
    this.#add(Buffer.from(chunk.subarray(start, start + this.#limit + 1)), lines);
    return lines;
  }

  /** What is left when the stream has ended without a newline. */
  end(): string[] {
    this.#skipping = false;
    return this.#held > 0 ? [this.#take()] : [];
  }

  #add(piece: Buffer, lines: string[]): void {
    if (this.#skipping || piece.length === 0) return;
    const room = this.#limit - this.#held;
    this.#parts.push(piece.subarray(0, room));
    this.#held += Math.min(piece.length, room);
    if (piece.length <= room) return;
    lines.push(this.#take(true));
    this.#skipping = true;
  }

  #take(cut = false): string {
    const only = this.#parts.length === 1 ? this.#parts[0] : undefined;
    const bytes = only ?? Buffer.concat(this.#parts);
    this.#parts = [];
    this.#held = 0;
    if (cut) return bytes.toString('utf8', 0, lastWholeCharacter(bytes)) + cutMark;
    const end = bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length;
    return bytes.toString('utf8', 0, end);
  }
}

/** Where the last UTF-8 character that may have been cut in two begins. */
function lastWholeCharacter(bytes: Buffer): number {
  let end = bytes.length;
  while (end > bytes.length - 4 && end > 0 && ((bytes[end - 1] ?? 0) & 0xc0) === 0x80) end -= 1;
  return end > 0 && (bytes[end - 1] ?? 0) >= 0xc0 ? end - 1 : bytes.length;
}
