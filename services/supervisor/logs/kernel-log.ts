import { closeSync, constants, openSync, readSync } from 'node:fs';
import { codeOf, reasonOf } from '../../../lib/errors/errors.ts';
import { pollDescriptor } from '../../../lib/linux/io/poll.ts';
import type { DatedLine, LogWriter } from '../../../lib/log/writer.ts';
import { parseKernelRecord } from './kernel-record.ts';

/** The source that the kernel's lines are kept as. */
export const kernelSource = 'kernel';

const device = '/dev/kmsg';
/** CONSOLE_EXT_LOG_MAX of the kernel: a shorter buffer gets EINVAL. */
const recordBytes = 8192;
/** Records read before others have their turn: a kernel may have much to say. */
const atOnce = 64;

/**
 * Keeps the kernel's log, beginning with what an earlier supervisor has not kept yet. A line's number is the kernel's own,
 * from 1, so that records which were overwritten before anybody read them leave a hole. Where there is no such log, as in
 * a container, that is its one line.
 */
export function keepKernelLog(log: LogWriter, path = device): void {
  try {
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const buffer = Buffer.allocUnsafeSlow(recordBytes);
    const poll = pollDescriptor(fd, () => {
      try {
        log.appendDated(readSome(fd, buffer, log.next));
      } catch (thrown) {
        log.write('kit', [`cannot read the kernel's log any more: ${reasonOf(thrown)}`]);
        void poll.close().then(() => closeSync(fd));
      }
    });
    poll.want({ readable: true, writable: false });
  } catch (thrown) {
    const why =
      codeOf(thrown) === 'ENOENT' ? 'it is that of the machine around this container' : reasonOf(thrown);
    if (log.next === 1) log.write('kit', [`the kernel's log cannot be read: ${why}`]);
  }
}

/** Records that wait and were not kept, from line `next` on. @throws the system's error */
function readSome(fd: number, buffer: Buffer, next: number): DatedLine[] {
  const lines: DatedLine[] = [];
  // By the clock as it is now: it may have been set since.
  const bootMs = Date.now() - Number(process.hrtime.bigint() / 1_000_000n);
  for (let count = 0; count < atOnce; count += 1) {
    const length = readRecord(fd, buffer);
    if (length === undefined) break;
    const record = parseKernelRecord(buffer.subarray(0, length));
    if (!record || record.sequence + 1 < next) continue;
    const { sequence, monotonicUs, level, text } = record;
    lines.push({ n: sequence + 1, t: Math.round(bootMs + monotonicUs / 1000), stream: level, text });
  }
  return lines;
}

/** Undefined: nothing waits. */
function readRecord(fd: number, buffer: Buffer): number | undefined {
  for (;;) {
    try {
      return readSync(fd, buffer);
    } catch (thrown) {
      if (codeOf(thrown) === 'EAGAIN') return undefined;
      // The next one was overwritten: the kernel goes on with the oldest that it has.
      if (codeOf(thrown) !== 'EPIPE') throw thrown;
    }
  }
}
