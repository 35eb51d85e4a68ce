import { StringDecoder } from 'node:string_decoder';

/** The last lines of a program's output, of which the whole may be long. */
export class LastLines {
  readonly #decoder = new StringDecoder('utf8');
  readonly #lines: string[] = [];
  readonly #onLine: (line: string) => void;
  #open = '';

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  add(piece: Uint8Array): void {
    const parts = (this.#open + this.#decoder.write(piece)).split('\n');
    this.#open = (parts.pop() ?? '').slice(-longest);
    for (const line of parts.filter((one) => one.trim() !== '')) {
      this.#lines.push(line.slice(0, longest));
      if (this.#lines.length > kept) this.#lines.shift();
    }
    if (parts.length > 0) this.#onLine(this.last());
  }

  last(): string {
    return this.#lines.at(-1) ?? '';
  }

  /** Oldest first. */
  tail(): readonly string[] {
    return this.#open.trim() === '' ? this.#lines : [...this.#lines, this.#open];
  }
}

const kept = 12;

/** Characters of a line. */
const longest = 2000;
