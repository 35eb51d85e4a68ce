import { textLines } from '../../../lib/log/block.ts';
import { LogReader } from '../../../lib/log/reader.ts';
import type { Lines } from '../../../lib/log/splitter.ts';
import type { LogWriter } from '../../../lib/log/writer.ts';

/** Whether one run of a service has written a line that a pattern is found in. */
export class LineWatch {
  readonly #pattern: RegExp | undefined;
  #found = false;

  /** `pattern`: the source of a regular expression, which the host has checked; without one nothing is looked at. */
  constructor(pattern: string | undefined) {
    this.#pattern = pattern === undefined ? undefined : new RegExp(pattern, 'u');
  }

  get found(): boolean {
    return this.#found;
  }

  /** A new run begins. */
  reset(): void {
    this.#found = false;
  }

  take({ pieces }: Lines): void {
    const pattern = this.#pattern;
    if (!pattern || this.#found) return;
    this.#found = textLines(Buffer.concat(pieces)).some((line) => pattern.test(line));
  }

  /** For a run that an earlier supervisor heard: whatever is left of the log counts as its. */
  catchUp({ folder, source }: LogWriter): void {
    const pattern = this.#pattern;
    if (!pattern) return;
    const reader = new LogReader(folder.path, source);
    for (const { stream, msg } of reader.read()) this.#found ||= stream !== 'kit' && pattern.test(msg);
    reader.close();
  }
}
