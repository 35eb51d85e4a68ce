import type { LogLine } from '../../lib/control/generated/control.ts';
import { codeOf } from '../../lib/errors/errors.ts';
import { systemReason } from '../../lib/errors/system.ts';
import type { LogProgress } from '../../lib/log/progress.ts';
import { type LogFolder, SourceLog, type SourceProgress } from './source.ts';

/** Errors of a single file; any other error means that the disk cannot be written for now. */
const singleFileErrors: ReadonlySet<string> = new Set([
  'EACCES',
  'EISDIR',
  'ELOOP',
  'ENXIO',
  'EPERM',
  'ETXTBSY',
]);

/** The log files of all sources. Lines are buffered by `add` and written by `flush`. */
export class LogFiles {
  readonly #folder: LogFolder;
  readonly #progress: LogProgress<SourceProgress>;
  readonly #say: (line: string) => void;
  readonly #sources = new Map<string, SourceLog>();
  /** Sources with buffered lines. */
  readonly #pending = new Set<SourceLog>();

  constructor(folder: LogFolder, progress: LogProgress<SourceProgress>, say: (line: string) => void) {
    this.#folder = folder;
    this.#progress = progress;
    this.#say = say;
  }

  add(line: LogLine): void {
    const source = this.#sources.get(line.source) ?? new SourceLog(line.source, this.#folder, this.#progress);
    this.#sources.set(line.source, source);
    source.add(line);
    this.#pending.add(source);
  }

  /**
   * Writes all buffered lines. When a single file cannot be written, logs it once and counts its lines as
   * lost, so that other sources continue.
   * @throws an error when the disk cannot be written; keeps the remaining lines and may be called again.
   */
  flush(): void {
    try {
      let changed = false;
      for (const source of this.#pending)
        this.#attempt(source, () => {
          changed = source.open() || changed;
        });
      if (changed) this.#progress.save();
      for (const source of this.#pending) {
        this.#attempt(source, () => source.write());
        this.#pending.delete(source);
      }
    } finally {
      this.#progress.save();
    }
  }

  #attempt(source: SourceLog, work: () => void): void {
    try {
      work();
    } catch (thrown) {
      source.close();
      if (!singleFileErrors.has(codeOf(thrown) ?? '')) throw thrown;
      if (source.discard())
        this.#say(`Cannot write "${source.path}": ${systemReason(thrown)}; its lines are lost`);
    }
  }
}
