import { visible, visibleText } from '../../lib/errors/visible.ts';
import { hasColour } from './colour.ts';
import type { Context } from './context.ts';

/** Shows the progress of long work. Titles are short and begin with a verb: `Convert layer 3f2a…`. */
export interface Progress {
  /** Runs `work` and shows its title, its last `note` and, at the end, its duration. */
  task<T>(title: string, work: (note: (text: string) => void) => Promise<T>): Promise<T>;
  /** Prints a permanent line, for information that the user should see while work continues. */
  line(text: string): void;
}

/** Shows nothing: for tests, and for commands with little to do. */
export const silent: Progress = { task: (_title, work) => work(() => {}), line: () => {} };

type Stream = Context['stderr'];

/** On a terminal, a live list of the running tasks; elsewhere, one line for each finished task. */
export function progressOn({ stderr, env }: Pick<Context, 'stderr' | 'env'>): Progress {
  // A terminal that is "dumb" cannot move its cursor.
  if (!stderr.isTTY || env.TERM === 'dumb') return new PlainProgress(stderr);
  return new LiveProgress(stderr, hasColour(stderr, env));
}

/** Tasks that take less time get no line. */
const noticeableMs = 150;

const seconds = (startedMs: number): string => `${((performance.now() - startedMs) / 1000).toFixed(1)} s`;

class PlainProgress implements Progress {
  readonly #stream: Stream;

  constructor(stream: Stream) {
    this.#stream = stream;
  }

  async task<T>(title: string, work: (note: (text: string) => void) => Promise<T>): Promise<T> {
    const started = performance.now();
    const result = await work(() => {});
    if (performance.now() - started >= noticeableMs) this.line(`${title} (${seconds(started)})`);
    return result;
  }

  line(text: string): void {
    this.#stream.write(visibleText(`kit: ${text}\n`));
  }
}

interface Running {
  readonly title: string;
  readonly started: number;
  note: string;
}

class LiveProgress implements Progress {
  readonly #stream: Stream;
  readonly #colour: boolean;
  readonly #running = new Set<Running>();
  #drawnLines = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: Stream, colour: boolean) {
    this.#stream = stream;
    this.#colour = colour;
  }

  async task<T>(title: string, work: (note: (text: string) => void) => Promise<T>): Promise<T> {
    const task: Running = { title, started: performance.now(), note: '' };
    this.#running.add(task);
    this.#timer ??= setInterval(() => this.#draw(), 120).unref();
    try {
      const result = await work((text) => {
        task.note = text;
      });
      this.#running.delete(task);
      if (performance.now() - task.started >= noticeableMs) {
        this.line(`${this.#painted('✓', 32, 39)} ${title} ${this.#dim(seconds(task.started))}`);
      }
      return result;
    } finally {
      this.#running.delete(task);
      if (this.#running.size === 0) this.#stop();
    }
  }

  line(text: string): void {
    this.#erase();
    this.#stream.write(visibleText(`${text}\n`, { colour: true }));
    this.#draw();
  }

  /** @param on code of Select Graphic Rendition (ECMA-48 8.3.117) @param off the code that ends it */
  #painted(text: string, on: number, off: number): string {
    return this.#colour ? `\x1b[${on}m${text}\x1b[${off}m` : text;
  }

  #dim(text: string): string {
    return this.#painted(text, 2, 22);
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#erase();
  }

  #erase(): void {
    if (this.#drawnLines > 0) this.#stream.write(`\x1b[${this.#drawnLines}A\x1b[J`);
    this.#drawnLines = 0;
  }

  #draw(): void {
    this.#erase();
    const width = this.#stream.columns ?? 80;
    for (const { title, started, note } of this.#running) {
      const text = `· ${title} ${seconds(started)}${note ? ` ${note}` : ''}`;
      this.#stream.write(`${this.#dim(visible(text).slice(0, width - 1))}\n`);
      this.#drawnLines += 1;
    }
  }
}
