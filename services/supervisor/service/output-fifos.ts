import { constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import { makeFifo } from '../../../lib/linux/io/fifo.ts';
import type { LogStream } from '../../../lib/log/line.ts';
import type { Lines } from '../../../lib/log/splitter.ts';
import type { LogWriter } from '../../../lib/log/writer.ts';

/** The fifos that a service's shim writes to and the supervisor reads. */
export interface OutputFifos {
  /** Paths. */
  readonly stdout: string;
  readonly stderr: string;
  /** To be called when the task was deleted: logs a last line without a newline. */
  flush(): Promise<void>;
  /** To be called when no task will write any more. */
  close(): void;
}

/** Gets complete lines, which are valid until it returns. */
export type OnLines = (stream: LogStream, lines: Lines) => void;

/** One buffer for all services: libuv reads into it and hands over the bytes before it reads again. */
const sharedBuffer = Buffer.allocUnsafeSlow(64 * 1024);

/**
 * Opens both fifos of a service for the lifetime of the supervisor, so that no output is lost over restarts
 * of the service. The shim has descriptors of its own: when the supervisor dies, nothing breaks; the service
 * blocks once the pipe is full.
 */
export function openOutputFifos(folder: string, name: string, log: LogWriter, onLines: OnLines): OutputFifos {
  makeFolder(folder, 0o700);
  const open = (stream: LogStream) => readFifo(join(folder, `${name}.${stream}`), stream, log, onLines);
  const [stdout, stderr] = [open('stdout'), open('stderr')];
  return {
    stdout: stdout.path,
    stderr: stderr.path,
    async flush() {
      // What the shim has written is readable by now. The first turn of the event loop reads it.
      for (let turn = 0; turn < 2; turn += 1) await new Promise(setImmediate);
      for (const { sink } of [stdout, stderr]) sink.end();
    },
    close() {
      for (const { socket } of [stdout, stderr]) socket.destroy();
    },
  };
}

/** O_RDWR: open(2) does not wait for a writer, and reads never see the end of the file (fifo(7)). */
function readFifo(path: string, stream: LogStream, log: LogWriter, onLines: OnLines) {
  makeFifo(path);
  const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  const sink = log.sink(stream, (lines) => onLines(stream, lines));
  const onread = {
    buffer: sharedBuffer,
    callback(bytes: number) {
      sink.push(sharedBuffer.subarray(0, bytes));
      return true;
    },
  };
  const socket = new Socket({ fd, readable: true, writable: false, onread });
  socket.on('error', (error) => log.write('kit', [`cannot read ${stream}: ${error.message}`]));
  return { path, sink, socket };
}
