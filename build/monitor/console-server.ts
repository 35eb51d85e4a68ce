import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { screenReplay } from './screen-replay.ts';

/** Bytes of the console's log that a new viewer gets: the last screen, so that a waiting prompt is seen. */
const tailBytes = 4096;
/** Bytes that wait for a viewer who does not read; more are not sent to that viewer. */
const maxWaiting = 1 << 20;
/** Milliseconds in which viewers may read the last output when the machine has ended. */
const lastOutputMs = 1000;

/**
 * Serves a machine's console on a socket, as bytes without framing, to any number of viewers at once: each
 * gets all output, and what any of them sends is typed on the console.
 */
export class ConsoleServer {
  readonly #viewers = new Set<Socket>();
  readonly #server: Server;

  /** @param log path of the console's log, to which all output is written before `output` is called */
  constructor(log: string, input: (bytes: Uint8Array) => void) {
    this.#server = createServer((viewer) => {
      viewer.on('error', () => viewer.destroy()).on('close', () => this.#viewers.delete(viewer));
      viewer.on('data', input);
      // Synchronous, so that no output comes between the log's end and the first byte sent from here on.
      viewer.write(screenReplay(endOf(log)));
      this.#viewers.add(viewer);
    });
  }

  listen(path: string): Promise<void> {
    return new Promise((resolve) => this.#server.listen(path, resolve));
  }

  output(bytes: Uint8Array): void {
    for (const viewer of this.#viewers) if (viewer.writableLength < maxWaiting) viewer.write(bytes);
  }

  /** Resolves when all viewers have received the last output and are disconnected. */
  async close(): Promise<void> {
    this.#server.close();
    const ends = [...this.#viewers].map(
      (viewer) => new Promise<void>((resolve) => viewer.once('close', resolve).end(() => viewer.destroy())),
    );
    await Promise.race([Promise.all(ends), pause(lastOutputMs, undefined, { ref: false })]);
    for (const viewer of this.#viewers) viewer.destroy();
  }
}

/** The last lines of a file, whole ones if there are several; nothing if it cannot be read. */
function endOf(path: string): Buffer {
  try {
    const fd = openSync(path, 'r');
    try {
      const { size } = fstatSync(fd);
      const bytes = Buffer.alloc(Math.min(size, tailBytes));
      const end = bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, size - bytes.length));
      return end.length < size ? end.subarray(end.indexOf('\n') + 1) : end;
    } finally {
      closeSync(fd);
    }
  } catch {
    return Buffer.alloc(0);
  }
}
