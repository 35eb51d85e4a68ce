/** The text of one message, or why there is none. */
export type Piece = { readonly text: Buffer } | { readonly fault: string };

/** Bytes of one message, and how deep its objects and arrays may be: no command needs a hundredth of it. */
export const messageLimits = { bytes: 65_536, depth: 32 } as const;

/**
 * Splits what the host sends into the texts of JSON objects, which follow one another with anything or
 * nothing between them (docs/interop/qemu-ga.rst of QEMU). The byte 0xFF, which is in no JSON, discards what
 * came before it: hosts send it first, as an earlier one may have left in the middle of a message.
 *
 * After something that begins no object, or is larger than the limits, the rest of the line is skipped. It
 * keeps no more than one message.
 */
export class MessageSplitter {
  #parts: Buffer[] = [];
  #bytes = 0;
  #depth = 0;
  #inString = false;
  #isEscaped = false;
  #isSkipping = false;

  /** The messages that these bytes complete. */
  push(bytes: Buffer): Piece[] {
    const pieces: Piece[] = [];
    let begin = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === 0xff) {
        this.#reset();
        begin = at + 1;
      } else if (this.#isSkipping) {
        if (byte === newline) this.#isSkipping = false;
        begin = at + 1;
      } else if (this.#depth === 0 && spaces.includes(byte)) {
        begin = at + 1;
      } else {
        const size = this.#bytes + at + 1 - begin;
        const fault = this.#read(byte) ?? (size > messageLimits.bytes ? tooLarge : undefined);
        if (fault !== undefined) {
          this.#reset();
          this.#isSkipping = true;
          pieces.push({ fault });
          begin = at + 1;
        } else if (this.#depth === 0) {
          pieces.push({ text: Buffer.concat([...this.#parts, bytes.subarray(begin, at + 1)]) });
          this.#reset();
          begin = at + 1;
        }
      }
    }
    this.#keep(bytes.subarray(begin));
    return pieces;
  }

  /** What is wrong with the next byte of a message; undefined: nothing. */
  #read(byte: number): string | undefined {
    if (this.#inString) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === backslash) this.#isEscaped = true;
      else if (byte === quote) this.#inString = false;
      return undefined;
    }
    if (this.#depth === 0 && byte !== openBrace) return 'JSON parse error, expected an object';
    if (byte === quote) this.#inString = true;
    else if (byte === openBrace || byte === openBracket) this.#depth += 1;
    else if (byte === closeBrace || byte === closeBracket) this.#depth -= 1;
    return this.#depth > messageLimits.depth ? tooDeep : undefined;
  }

  #keep(rest: Buffer): void {
    if (rest.length === 0) return;
    // A copy: what is read next overwrites the buffer of some streams.
    this.#parts.push(Buffer.from(rest));
    this.#bytes += rest.length;
    // Bytes that come one by one would cost more for their list than for themselves.
    if (this.#parts.length > 64) this.#parts = [Buffer.concat(this.#parts)];
  }

  #reset(): void {
    this.#parts = [];
    this.#bytes = 0;
    this.#depth = 0;
    this.#inString = false;
    this.#isEscaped = false;
    this.#isSkipping = false;
  }
}

const tooLarge = `JSON parse error, a message may have ${messageLimits.bytes} bytes`;
const tooDeep = `JSON parse error, objects and arrays may be ${messageLimits.depth} deep`;

const newline = 0x0a;
const spaces: readonly number[] = [0x09, newline, 0x0d, 0x20];
const [quote, backslash] = [0x22, 0x5c];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];
