import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '../files/make-folder.ts';

/**
 * How far a program has processed the lines of each source. Kept in a file on a tmpfs, so that the next run
 * of the program continues there. `Done`: the record kept for each source; `sequence`: the number of the last
 * processed line.
 */
export class LogProgress<Done extends { readonly sequence: number } = { readonly sequence: number }> {
  readonly #path: string;
  #logId = '';
  #sources = new Map<string, Done>();

  /** A missing or unreadable file is like an empty one: the lines of this boot are then processed again. */
  constructor(path: string) {
    this.#path = path;
    try {
      const { logId, sources } = JSON.parse(readFileSync(path, 'utf8'));
      this.#sources = new Map(sources);
      this.#logId = logId;
    } catch {}
  }

  /** The id of the logs that the numbers are from (log-id.ts); empty: none yet. */
  get logId(): string {
    return this.#logId;
  }

  get sources(): ReadonlyMap<string, Done> {
    return this.#sources;
  }

  /** Numbers of other logs, from an earlier boot, are discarded. */
  begin(logId: string): void {
    if (logId !== this.#logId) this.#sources.clear();
    this.#logId = logId;
  }

  set(source: string, done: Done): void {
    this.#sources.set(source, done);
  }

  /** @throws the system's error */
  save(): void {
    makeFolder(dirname(this.#path));
    writeFileSync(`${this.#path}.new`, JSON.stringify({ logId: this.#logId, sources: [...this.#sources] }));
    renameSync(`${this.#path}.new`, this.#path);
  }
}
