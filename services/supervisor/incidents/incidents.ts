import {
  closeSync,
  constants,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import { bootId } from '../../../lib/linux/system/host.ts';
import type { KeptLine } from '../../../lib/log/line.ts';
import { LogReader } from '../../../lib/log/reader.ts';
import { type Incident, incidentLimits, linesOfRun, withIncident } from './incident.ts';

/** In characters; a larger file was not written by this program. */
const maxFileLength = 4 << 20;

/**
 * The incidents of all services, in files `<folder>/<name>.json`. The folder may be on a volume that outlives
 * the machine.
 */
export class Incidents {
  readonly #folder: () => string;
  readonly #logs: string;

  /**
   * `folder` is called each time, as a disk may be mounted after the supervisor has started. `logs`: the log
   * folder.
   */
  constructor(folder: () => string, logs: string) {
    this.#folder = folder;
    this.#logs = logs;
  }

  /**
   * Records a failure with the end of the log of the run that failed.
   * @param pid of that run's first process; undefined for a container that has run once
   * @throws the file system's error
   */
  add(name: string, what: string, pid?: number): void {
    const folder = this.#folder();
    const lines = linesOfRun(lastLines(this.#logs, name), pid);
    const text = JSON.stringify(
      withIncident(this.of(name), { what, nowMs: Date.now(), boot: bootId() }, lines),
    );
    makeFolder(folder, 0o700);
    const path = join(folder, `${name}.json`);
    writeFileSync(`${path}.new`, text, { mode: 0o600, flush: true });
    renameSync(`${path}.new`, path);
    syncFolder(folder);
  }

  /** Whether that failure was recorded in this boot. */
  has(name: string, what: string): boolean {
    return this.of(name).some((incident) => incident.what === what && incident.boot === bootId());
  }

  /** Oldest first; none if the file is damaged, so that later failures are still recorded. */
  of(name: string): Incident[] {
    try {
      const text = readFileSync(join(this.#folder(), `${name}.json`), 'utf8');
      const value: unknown = text.length > maxFileLength ? [] : JSON.parse(text);
      return Array.isArray(value) ? value.filter(isIncident) : [];
    } catch {
      return [];
    }
  }

  /** Names of services that have incidents, sorted. */
  names(): string[] {
    try {
      const files = readdirSync(this.#folder()).filter((file) => file.endsWith('.json'));
      return files.map((file) => file.slice(0, -'.json'.length)).sort();
    } catch {
      return [];
    }
  }
}

/** Makes the rename durable, as the machine may be about to panic (fsync(2)). */
function syncFolder(folder: string): void {
  const fd = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function lastLines(logs: string, name: string): KeptLine[] {
  const reader = new LogReader(logs, name, { tail: incidentLimits.lines });
  try {
    return [...reader.read()];
  } finally {
    reader.close();
  }
}

function isIncident(value: unknown): value is Incident {
  if (typeof value !== 'object' || value === null) return false;
  const { what, firstMs, lastMs, count, lines, stack, boot } = value as Record<string, unknown>;
  const numbers = [firstMs, lastMs, count].every(Number.isSafeInteger);
  return (
    typeof what === 'string' &&
    typeof boot === 'string' &&
    numbers &&
    Array.isArray(lines) &&
    Array.isArray(stack)
  );
}
