import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * How far a program has come with the lines of each source, kept in a file in memory, so that its next run goes on there. `Done`
 * is what it needs to know of a source; `sequence`: of the last line that is done.
 */
export class LogProgress<Done extends { readonly sequence: number } = { readonly sequence: number }> {
  readonly #path: string;
  #logId = '';
  #sources = new Map<string, Done>();

  /** A file that is not there or cannot be read is as none: what is kept of this boot then comes again. */
  constructor(path: string) {
    this.#path = path;
    try {
      const { logId, sources } = JSON.parse(readFileSync(path, 'utf8'));
      this.#sources = new Map(sources);
      this.#logId = logId;
    } catch {}
  }

  /** Of the boot that the numbers are from; empty: none yet. */
  get logId(): string {
    return this.#logId;
  }

  get sources(): ReadonlyMap<string, Done> {
    return this.#sources;
  }

  /** The numbers of another boot mean nothing in this one. */
  begin(logId: string): void {
    if (logId !== this.#logId) this.#sources.clear();
    this.#logId = logId;
  }

  set(source: string, done: Done): void {
    this.#sources.set(source, done);
  }

  /** @throws the system's error */
  save(): void {
    mkdirSync(dirname(this.#path), { recursive: true });
    writeFileSync(`${this.#path}.new`, JSON.stringify({ logId: this.#logId, sources: [...this.#sources] }));
    renameSync(`${this.#path}.new`, this.#path);
  }
}
