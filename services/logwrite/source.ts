import { join } from 'node:path';
import type { LogLine } from '../../lib/control/generated/control.ts';
import type { LogProgress } from '../../lib/log/progress.ts';
import type { Disk } from './disk.ts';
import { plainName } from './file-name.ts';
import { formatLine } from './format.ts';
import { linesAfter } from './lines-after.ts';
import { type Limits, type Mark, RotatingFile } from './rotating-file.ts';

/** Where the files of all sources are, and how much of them. */
export interface Place {
  readonly folder: string;
  readonly limits: Limits;
  readonly disk: Disk;
}

/** What of a source is in its files: the lines up to `sequence`, which end at `mark`. */
export interface Written {
  readonly sequence: number;
  readonly mark: Mark;
}

/** What an item of the queue stands for. */
interface Item {
  /** Of the last line that is done once it is written. */
  readonly sequence: number;
  readonly lines: number;
}

/** One source's lines on their way to its file. */
export class Source {
  readonly path: string;
  readonly #source: string;
  readonly #name: string;
  readonly #file: RotatingFile;
  readonly #progress: LogProgress<Written>;
  readonly #queue: string[] = [];
  readonly #items: Item[] = [];
  /** Lines that an earlier run wrote without having been able to say so; they come once more. */
  #known: string[];
  #lost = 0;
  #failing = false;

  constructor(source: string, { folder, limits, disk }: Place, progress: LogProgress<Written>) {
    this.#source = source;
    this.#name = plainName(source);
    this.path = join(folder, `${this.#name}.log`);
    this.#file = new RotatingFile(this.path, limits, disk);
    this.#progress = progress;
    const written = progress.sources.get(source);
    this.#known = written ? linesAfter(this.path, written.mark, limits.files, disk) : [];
  }

  add(line: LogLine): void {
    const text = formatLine(line, this.#name);
    const sequence = Number(line.sequence);
    const at = this.#known.indexOf(text);
    if (at !== -1) {
      this.#skip(at, sequence);
      return;
    }
    this.#known = [];
    const lines = Number(line.missed) + this.#lost;
    this.#lost = 0;
    if (lines > 0)
      this.#push(formatLine(lostLines(line, lines), this.#name), { sequence: sequence - 1, lines });
    this.#push(text, { sequence, lines: 1 });
  }

  /** Makes the file, so that what is written next can be told from what was there; whether that is news to the progress. */
  begin(): boolean {
    this.#file.open();
    if (this.#progress.sources.has(this.#source)) return false;
    this.#record(0, this.#file.mark);
    return true;
  }

  /** Writes what waits; what is left when it throws waits on. */
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

  /** Gives up what waits; whether that is news. */
  lose(): boolean {
    const news = !this.#failing;
    this.#failing = true;
    this.#queue.length = 0;
    for (const { lines } of this.#items.splice(0)) this.#lost += lines;
    return news;
  }

  close(): void {
    this.#file.close();
  }

  #push(text: string, item: Item): void {
    this.#queue.push(text);
    this.#items.push(item);
  }

  #skip(at: number, sequence: number): void {
    this.#known.splice(0, at + 1);
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
