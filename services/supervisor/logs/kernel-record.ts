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
 * One read(2) of /dev/kmsg (Documentation/ABI/testing/dev-kmsg); undefined for what is none. Fields may be added behind
 * the flags; lines that begin with a blank are about the device and are left out.
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

/** The kernel writes bytes that are no printable ASCII, and backslashes, as `\x5c`. Control characters stay that way. */
function unescaped(text: string): string {
  return text.replace(/(?:\\x(?:[2-6][\da-f]|7[\da-e]|[89a-f][\da-f]))+/g, (run) =>
    Buffer.from(run.replaceAll('\\x', ''), 'hex').toString('utf8'),
  );
}
