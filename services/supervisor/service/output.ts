import { constants, mkdirSync, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { makeFifo } from '../../../lib/linux/io/fifo.ts';
import type { LogStream } from '../../../lib/log/line.ts';
import type { LogWriter } from '../../../lib/log/writer.ts';
import type { LineWatch } from './line-watch.ts';

/** The fifos that a service's shim writes to, and we read. */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
  /** To be called when the task was deleted: logs what was left without a newline. */
  flush(): Promise<void>;
  close(): void;
}

/** One for all services: libuv reads into it and hands it to us before it reads again. */
const shared = Buffer.allocUnsafeSlow(64 * 1024);

/**
 * Opens both fifos of a service, for as long as the supervisor lives: over restarts of the service nothing is lost, and
 * with the shim's own descriptors nothing breaks when the supervisor dies; the service waits once the pipe is full.
 */
export function openOutput(folder: string, name: string, log: LogWriter, watch: LineWatch): Output {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const streams = (['stdout', 'stderr'] as const).map((stream) => {
    const path = join(folder, `${name}.${stream}`);
    return { path, ...readFifo(path, stream, log, watch) };
  });
  const [out, err] = streams;
  return {
    stdout: out?.path ?? '',
    stderr: err?.path ?? '',
    async flush() {
      // Two turns of the event loop: what the shim has written is readable by now, and the first turn reads it.
      for (let turn = 0; turn < 2; turn += 1) await new Promise(setImmediate);
      for (const { sink } of streams) sink.end();
    },
    close() {
      for (const { socket } of streams) socket.destroy();
    },
  };
}

/** O_RDWR, as nobody else may have it open yet, and so that it never ends (fifo(7)). */
function readFifo(path: string, stream: LogStream, log: LogWriter, watch: LineWatch) {
  makeFifo(path);
  const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  const sink = log.sink(stream, (lines) => watch.take(lines));
  const onread = {
    buffer: shared,
    callback(bytes: number) {
      sink.push(shared.subarray(0, bytes));
      return true;
    },
  };
  const socket = new Socket({ fd, readable: true, writable: false, onread });
  socket.on('error', (error) => log.write('kit', [`cannot read ${stream}: ${error.message}`]));
  return { socket, sink };
}
