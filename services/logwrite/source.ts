import { join } from 'node:path';
import type { LogLine } from '../../lib/control/generated/control.ts';
import type { LogProgress } from '../../lib/log/progress.ts';
import type { LogDisk } from './disk.ts';
import { safeFileName } from './file-name.ts';
import { formatLine } from './format.ts';
import { linesAfter } from './lines-after.ts';
import { type Mark, RotatingFile, type RotationLimits } from './rotating-file.ts';

/** Folder and limits of the files of all sources. */
export interface LogFolder {
  readonly folder: string;
  readonly limits: RotationLimits;
  readonly disk: LogDisk;
}

/** The files of a source have its lines up to `sequence`, which end at `mark`. */
export interface SourceProgress {
  readonly sequence: number;
  readonly mark: Mark;
}

/** The lines that an entry of the queue covers. */
interface QueueItem {
  /** All lines up to this one are handled once the item is written. */
  readonly sequence: number;
  readonly lines: number;
}

/** The queue of one source's lines and its file. */
export class SourceLog {
  readonly path: string;
  readonly #source: string;
  readonly #name: string;
  readonly #file: RotatingFile;
  readonly #progress: LogProgress<SourceProgress>;
  readonly #queue: string[] = [];
  readonly #items: QueueItem[] = [];
  /** Lines that a killed run wrote after it last saved its progress; they are received once more. */
  #written: string[];
  #lost = 0;
  #failing = false;

  constructor(source: string, { folder, limits, disk }: LogFolder, progress: LogProgress<SourceProgress>) {
    this.#source = source;
    this.#name = safeFileName(source);
    this.path = join(folder, `${this.#name}.log`);
    this.#file = new RotatingFile(this.path, limits, disk);
    this.#progress = progress;
    const written = progress.sources.get(source);
    this.#written = written ? linesAfter(this.path, written.mark, limits.files, disk) : [];
  }

  add(line: LogLine): void {
    const text = formatLine(line, this.#name);
    const sequence = Number(line.sequence);
    const at = this.#written.indexOf(text);
    if (at !== -1) {
      this.#skip(at, sequence);
      return;
    }
    this.#written = [];
    const lines = Number(line.missed) + this.#lost;
    this.#lost = 0;
    if (lines > 0)
      this.#push(formatLine(lostLines(line, lines), this.#name), { sequence: sequence - 1, lines });
    this.#push(text, { sequence, lines: 1 });
  }

  /** Opens the file and records its end before the first line. Returns whether the progress changed. */
  open(): boolean {
    this.#file.open();
    if (this.#progress.sources.has(this.#source)) return false;
    this.#record(0, this.#file.mark);
    return true;
  }

  /** Writes the queue. When it throws, unwritten lines stay in the queue. */
  write(): void {
    if (this.#queue.length === 0) return;
    try {
      this.#file.drain(this.#queue);
      this.#failing = false;
    } finally {
      const last = this.#items.splice(0, this.#items.length - this.#queue.length).at(-1);
      if (last) this.#record(last.sequence, this.#file.mark);
    }
  }

  /** Empties the queue and counts its lines as lost. Returns false if the last attempt failed as well. */
  discard(): boolean {
    const first = !this.#failing;
    this.#failing = true;
    this.#queue.length = 0;
    for (const { lines } of this.#items.splice(0)) this.#lost += lines;
    return first;
  }

  close(): void {
    this.#file.close();
  }

  #push(text: string, item: QueueItem): void {
    this.#queue.push(text);
    this.#items.push(item);
  }

  #skip(at: number, sequence: number): void {
    this.#written.splice(0, at + 1);
    const written = this.#progress.sources.get(this.#source);
    if (written) this.#record(sequence, written.mark);
  }

  #record(sequence: number, mark: Mark): void {
    this.#progress.set(this.#source, { sequence, mark });
  }
}

function lostLines({ timeMs }: LogLine, lines: number): Parameters<typeof formatLine>[0] {
  return { timeMs, stream: 'kit', message: `${lines} ${lines === 1 ? 'line' : 'lines'} lost` };
}
