import { textLines } from '../../../lib/log/block.ts';
import { unmarked } from '../../../lib/log/level.ts';
import { LogReader } from '../../../lib/log/reader.ts';
import type { Lines } from '../../../lib/log/splitter.ts';
import type { LogWriter } from '../../../lib/log/writer.ts';

/** Detects whether one run of a service has written a line that matches its `ready.log`. */
export class LineMatcher {
  readonly #pattern: RegExp | undefined;
  #found = false;

  /** `pattern`: the source of a regular expression, checked by the host; undefined: nothing matches. */
  constructor(pattern: string | undefined) {
    this.#pattern = pattern === undefined ? undefined : new RegExp(pattern, 'u');
  }

  get found(): boolean {
    return this.#found;
  }

  /** Begins a new run. */
  reset(): void {
    this.#found = false;
  }

  read({ pieces }: Lines): void {
    const pattern = this.#pattern;
    if (!pattern || this.#found) return;
    this.#found = textLines(Buffer.concat(pieces)).some((line) => pattern.test(unmarked(line)));
  }

  /** For an adopted run: any line still in the log counts. */
  readLog({ folder, source }: LogWriter): void {
    const pattern = this.#pattern;
    if (!pattern) return;
    const reader = new LogReader(folder.path, source);
    for (const { stream, msg } of reader.read()) this.#found ||= stream !== 'kit' && pattern.test(msg);
    reader.close();
  }
}
