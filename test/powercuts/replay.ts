import { closeSync, copyFileSync, openSync, readSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import type { LoggedWrite } from './write-log.ts';

/** What a disk holds after a part of its log. */
export class ReplayedDisk {
  readonly #log: readonly LoggedWrite[];
  readonly #logFd: number;
  readonly #file: string;
  /** Requests that are on `#file`: all before the last flush. */
  #done = 0;

  /** @param before what the disk held; undefined: nothing */
  constructor(
    log: readonly LoggedWrite[],
    logFile: string,
    file: string,
    { before, bytes }: { readonly before?: string | undefined; readonly bytes: number },
  ) {
    this.#log = log;
    this.#logFd = openSync(logFile, 'r');
    this.#file = file;
    if (before === undefined) writeFileSync(file, '');
    else copyFileSync(before, file);
    truncateSync(file, bytes);
  }

  /**
   * Writes to `copy` what the disk may hold if the power fails after `count` requests: all up to the last
   * flush, and of the later ones any, of which one may be torn. Counts must not fall from call to call.
   * @param random 0 to 1
   */
  cutAfter(count: number, copy: string, random: () => number): void {
    const flushed = this.#log.findLastIndex(({ flush }, at) => at < count && flush);
    if (flushed > this.#done) {
      this.#apply(this.#file, this.#done, flushed, () => 1);
      this.#done = flushed;
    }
    copyFileSync(this.#file, copy);
    const order = random();
    // A third each: all that was sent, some of it, some of it with torn requests.
    const share = (write: LoggedWrite): number => {
      if (write.durable || order < 0.33) return 1;
      if (random() < 0.5) return order < 0.66 ? 0 : random();
      return 1;
    };
    this.#apply(copy, this.#done, count, share);
  }

  #apply(file: string, from: number, to: number, share: (write: LoggedWrite) => number): void {
    const fd = openSync(file, 'r+');
    try {
      for (const write of this.#log.slice(from, to)) {
        if (write.dataAt === undefined) continue;
        const sectors = Math.ceil((write.bytes / 512) * share(write));
        const data = Buffer.alloc(sectors * 512);
        readSync(this.#logFd, data, 0, data.length, write.dataAt);
        writeSync(fd, data, 0, data.length, write.at);
      }
    } finally {
      closeSync(fd);
    }
  }
}
