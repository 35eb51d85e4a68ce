import { replaceFile } from '../../../lib/files/replace-file.ts';
import { readServiceFile } from '../../../lib/files/service-file.ts';

/** What is kept over reboots. */
export interface SavedState {
  /** Milliseconds since 1970: it cannot be earlier than this. */
  readonly timeMs: number | undefined;
  /** Parts per million by which the kernel makes this machine's clock faster. */
  readonly frequency: number | undefined;
}

/** The kernel's own limit. */
const mostPpm = 500;
const year2200 = Date.UTC(2200);

/** Reads `{"time": "2026-03-01T12:00:00.000Z", "frequency": -12.375}`; anything else is left out. */
export function parseState(text: string): SavedState {
  try {
    const { time, frequency } = (JSON.parse(text) ?? {}) as Record<string, unknown>;
    const timeMs = typeof time === 'string' && time.length < 40 ? Date.parse(time) : Number.NaN;
    const isRight = typeof frequency === 'number' && Math.abs(frequency) <= mostPpm;
    return {
      timeMs: timeMs > 0 && timeMs < year2200 ? timeMs : undefined,
      frequency: isRight ? frequency : undefined,
    };
  } catch {
    return { timeMs: undefined, frequency: undefined };
  }
}

export const readState = (path: string): SavedState => parseState(readServiceFile(path, 4096) ?? '');

/** Replaces the file at once; on a disk, so that a power cut leaves the old or the new one. */
export function writeState(path: string, timeMs: number, frequency: number): void {
  const text = JSON.stringify({ time: new Date(timeMs).toISOString(), frequency });
  replaceFile(path, `${text}\n`, { flush: true });
}
