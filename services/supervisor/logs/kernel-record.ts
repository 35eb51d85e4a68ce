import type { KernelLevel } from '../../../lib/log/line.ts';

/** One record of the kernel's log. */
export interface KernelRecord {
  /** Counts from 0 at boot. */
  readonly sequence: number;
  /** Microseconds of the monotonic clock. */
  readonly monotonicUs: number;
  readonly level: KernelLevel;
  readonly text: string;
}

const levels = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'] as const;

/**
 * Parses one read(2) of /dev/kmsg (Documentation/ABI/testing/dev-kmsg); undefined if it is not a record.
 * Further fields may follow the flags. Continuation lines, which begin with a space and describe the device,
 * are dropped.
 *
 *   "<facility * 8 + level>,<sequence>,<microseconds>,<flags>[,…];<text>\n SUBSYSTEM=pci_bus\n"
 */
export function parseKernelRecord(bytes: Buffer): KernelRecord | undefined {
  const [, priority, sequence, monotonicUs, text] = pattern.exec(bytes.toString('utf8')) ?? [];
  const level = levels[Number(priority) & 7];
  if (level === undefined || text === undefined) return undefined;
  return { level, sequence: Number(sequence), monotonicUs: Number(monotonicUs), text: unescaped(text) };
}

const pattern = /^(\d{1,10}),(\d{1,15}),(\d{1,15}),[^;]*;([^\n]*)/;

/**
 * The kernel escapes backslashes and bytes other than printable ASCII as `\x5c`. Control characters are left
 * escaped.
 */
function unescaped(text: string): string {
  return text.replace(/(?:\\x(?:[2-6][\da-f]|7[\da-e]|[89a-f][\da-f]))+/g, (run) =>
    Buffer.from(run.replaceAll('\\x', ''), 'hex').toString('utf8'),
  );
}
