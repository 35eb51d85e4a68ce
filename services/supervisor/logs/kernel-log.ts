import { closeSync, constants, openSync, readSync } from 'node:fs';
import { codeOf, reasonOf } from '../../../lib/errors/errors.ts';
import { pollDescriptor } from '../../../lib/linux/io/poll.ts';
import type { DatedLine, LogWriter } from '../../../lib/log/writer.ts';
import { parseKernelRecord } from './kernel-record.ts';

/** The log source of the kernel's lines. */
export const kernelSource = 'kernel';

const device = '/dev/kmsg';
/** The kernel's CONSOLE_EXT_LOG_MAX: read(2) into a shorter buffer fails with EINVAL. */
const recordBytes = 8192;
/** Maximum records read in one turn of the event loop. */
const recordsPerTurn = 64;

/**
 * Copies the kernel's log to `log`, from the first record that is not there yet. Lines are numbered by the
 * kernel's own sequence, from 1, so that records which were overwritten before they could be read leave a
 * gap. Without a kernel log, as in a container, the only line says so.
 */
export function copyKernelLog(log: LogWriter, path = device): void {
  try {
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const buffer = Buffer.allocUnsafeSlow(recordBytes);
    const poll = pollDescriptor(fd, () => {
      try {
        log.appendDated(readRecords(fd, buffer, log.next));
      } catch (thrown) {
        log.write('kit', [`cannot read the kernel's log any more: ${reasonOf(thrown)}`]);
        void poll.close().then(() => closeSync(fd));
      }
    });
    poll.want({ readable: true, writable: false });
  } catch (thrown) {
    const why = codeOf(thrown) === 'ENOENT' ? 'a container has no kernel log of its own' : reasonOf(thrown);
    if (log.next === 1) log.write('kit', [`cannot read the kernel's log: ${why}`]);
  }
}

/** Available records, from line number `next` on. @throws the system's error */
function readRecords(fd: number, buffer: Buffer, next: number): DatedLine[] {
  const lines: DatedLine[] = [];
  // Computed for each batch, as the clock may be set at any time.
  const bootMs = Date.now() - Number(process.hrtime.bigint() / 1_000_000n);
  for (let count = 0; count < recordsPerTurn; count += 1) {
    const length = readRecord(fd, buffer);
    if (length === undefined) break;
    const record = parseKernelRecord(buffer.subarray(0, length));
    if (!record || record.sequence + 1 < next) continue;
    const { sequence, monotonicUs, level, text } = record;
    lines.push({ n: sequence + 1, t: Math.round(bootMs + monotonicUs / 1000), stream: level, text });
  }
  return lines;
}

/** The record's length; undefined: none is available. */
function readRecord(fd: number, buffer: Buffer): number | undefined {
  for (;;) {
    try {
      return readSync(fd, buffer);
    } catch (thrown) {
      if (codeOf(thrown) === 'EAGAIN') return undefined;
      // EPIPE: the next record was overwritten; reading continues with the oldest one left.
      if (codeOf(thrown) !== 'EPIPE') throw thrown;
    }
  }
}
