import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A log consists of segments: files `<folder>/<source>.<number of its first line, 12 digits>.log`. A process
 * appends only to segments that it created itself; the oldest ones are deleted.
 */
export function segmentFile(folder: string, source: string, first: number): string {
  return join(folder, `${source}.${String(first).padStart(12, '0')}.log`);
}

const pattern = /^(.+)\.(\d{12})\.log$/s;

/** The number of the first line of each segment, oldest first, by source. */
export function listSegments(folder: string): Map<string, number[]> {
  const segments = new Map<string, number[]>();
  for (const name of namesIn(folder).sort()) {
    const [, source, first] = pattern.exec(name) ?? [];
    if (source === undefined) continue;
    const known = segments.get(source);
    if (known) known.push(Number(first));
    else segments.set(source, [Number(first)]);
  }
  return segments;
}

/** The sources that have a log, in name order. */
export const logSources = (folder: string): string[] => [...listSegments(folder).keys()].sort();

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // No line has been written yet.
    return [];
  }
}
