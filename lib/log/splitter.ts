import { logLimits } from './line.ts';

const newline = 0x0a;
const none = Buffer.alloc(0);

/** The end of a line that was cut. */
export const cutMark = ' [cut]';
const cutEnd = Buffer.from(`${cutMark}\n`);

/** Complete lines with their newlines, in pieces to be concatenated. */
export interface Lines {
  readonly pieces: readonly Buffer[];
  readonly count: number;
}

/**
 * Splits a byte stream into lines, buffering at most `limit` bytes. The beginning of a longer line is
 * returned at once, with `cutMark`, and the rest of the line is dropped, so that a program that never ends a
 * line cannot fill the memory.
 */
export class LineSplitter {
  readonly #limit: number;
  /** The beginning of an unfinished line. */
  #held = none;
  #heldBytes = 0;
  #skipping = false;

  constructor(limit: number = logLimits.line) {
    this.#limit = limit;
  }

  /** The lines that `chunk` completes. Pieces may be part of it, so they are valid until it is reused. */
  push(chunk: Buffer): Lines {
    const pieces: Buffer[] = [];
    let count = 0;
    let whole = 0;
    let line = 0;
    for (let at = nextNewline(chunk, 0); at !== -1; at = nextNewline(chunk, line)) {
      const tooLong = this.#heldBytes + at - line > this.#limit;
      if (this.#skipping || tooLong || this.#heldBytes > 0) {
        add(pieces, chunk.subarray(whole, line));
        whole = at + 1;
        if (this.#skipping) count -= 1;
        else if (tooLong) pieces.push(...this.#cut(chunk.subarray(line, at)));
        else pieces.push(this.#take(), chunk.subarray(line, at + 1));
        this.#skipping = false;
      }
      count += 1;
      line = at + 1;
    }
    add(pieces, chunk.subarray(whole, line));
    const rest = chunk.subarray(line);
    if (!this.#skipping && this.#heldBytes + rest.length > this.#limit) {
      pieces.push(...this.#cut(rest));
      count += 1;
      this.#skipping = true;
    } else if (!this.#skipping) this.#hold(rest);
    return { pieces, count };
  }

  /** The last line, if the stream ended without a newline. */
  end(): Lines {
    this.#skipping = false;
    if (this.#heldBytes === 0) return { pieces: [], count: 0 };
    return { pieces: [this.#take(), cutEnd.subarray(-1)], count: 1 };
  }

  /** Copies: the chunk may be reused. */
  #hold(rest: Buffer): void {
    const bytes = this.#heldBytes + rest.length;
    if (bytes > this.#held.length) {
      const larger = Buffer.allocUnsafeSlow(Math.min(this.#limit, Math.max(256, 2 * bytes)));
      this.#held.copy(larger, 0, 0, this.#heldBytes);
      this.#held = larger;
    }
    rest.copy(this.#held, this.#heldBytes);
    this.#heldBytes = bytes;
  }

  #take(): Buffer {
    const held = this.#held.subarray(0, this.#heldBytes);
    this.#held = none;
    this.#heldBytes = 0;
    return held;
  }

  /** The beginning of a line that continues with `more`, and the mark. */
  #cut(more: Buffer): Buffer[] {
    const start = Buffer.concat([this.#take(), more], this.#limit);
    return [start.subarray(0, lastWholeCharacter(start)), cutEnd];
  }
}

/** The first bytes are compared here: for short lines a call of indexOf each would dominate the cost. */
function nextNewline(chunk: Buffer, from: number): number {
  const near = Math.min(from + 16, chunk.length);
  for (let at = from; at < near; at += 1) if (chunk[at] === newline) return at;
  return near < chunk.length ? chunk.indexOf(newline, near) : -1;
}

function add(pieces: Buffer[], piece: Buffer): void {
  if (piece.length > 0) pieces.push(piece);
}

/** The length without a UTF-8 character at the end that may be incomplete. */
function lastWholeCharacter(bytes: Buffer): number {
  let end = bytes.length;
  while (end > bytes.length - 4 && end > 0 && ((bytes[end - 1] ?? 0) & 0xc0) === 0x80) end -= 1;
  return end > 0 && (bytes[end - 1] ?? 0) >= 0xc0 ? end - 1 : bytes.length;
}
