import type { LogLine } from '../../lib/control/generated/control.ts';
import { codeOf } from '../../lib/errors/errors.ts';
import { systemReason } from '../../lib/errors/system.ts';
import type { LogProgress } from '../../lib/log/progress.ts';
import { type Place, Source, type Written } from './source.ts';

/** What is wrong with one file alone; anything else is a disk on which nothing can be written for now. */
const ofOneFile: ReadonlySet<string> = new Set(['EACCES', 'EISDIR', 'ELOOP', 'ENXIO', 'EPERM', 'ETXTBSY']);

/** The files of all sources. What is added waits in memory until `flush` has written it. */
export class LogFiles {
  readonly #place: Place;
  readonly #progress: LogProgress<Written>;
  readonly #say: (line: string) => void;
  readonly #sources = new Map<string, Source>();
  /** Sources with lines that wait. */
  readonly #waiting = new Set<Source>();

  constructor(place: Place, progress: LogProgress<Written>, say: (line: string) => void) {
    this.#place = place;
    this.#progress = progress;
    this.#say = say;
  }

  add(line: LogLine): void {
    const source = this.#sources.get(line.source) ?? new Source(line.source, this.#place, this.#progress);
    this.#sources.set(line.source, source);
    source.add(line);
    this.#waiting.add(source);
  }

  /**
   * Writes all that was added. When the disk takes no more it throws, keeps the rest, and may be called again. A source whose
   * file alone cannot be written is told, and its lines are counted as lost, so that it holds up no other.
   */
  flush(): void {
    try {
      let news = false;
      for (const source of this.#waiting)
        this.#attempt(source, () => {
          news = source.begin() || news;
        });
      if (news) this.#progress.save();
      for (const source of this.#waiting) {
        this.#attempt(source, () => source.write());
        this.#waiting.delete(source);
      }
    } finally {
      this.#progress.save();
    }
  }

  #attempt(source: Source, work: () => void): void {
    try {
      work();
    } catch (thrown) {
      source.close();
      if (!ofOneFile.has(codeOf(thrown) ?? '')) throw thrown;
      if (source.lose())
        this.#say(`Cannot write "${source.path}": ${systemReason(thrown)}; its lines are lost`);
    }
  }
}
