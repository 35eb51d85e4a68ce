import {
  closeSync,
  constants,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { bootId } from '../../../lib/linux/system/host.ts';
import type { LogLine } from '../../../lib/log/line.ts';
import { LogReader } from '../../../lib/log/reader.ts';
import { type Incident, incidentLimits, withIncident } from './incident.ts';

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

  /** Records a failure with the end of the service's log. @throws the file system's error */
  add(name: string, what: string): void {
    const folder = this.#folder();
    const lines = lastLines(this.#logs, name);
    const text = JSON.stringify(
      withIncident(this.of(name), { what, nowMs: Date.now(), boot: bootId() }, lines),
    );
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, `${name}.json`);
    writeFileSync(`${path}.new`, text, { mode: 0o600, flush: true });
    renameSync(`${path}.new`, path);
    syncFolder(folder);
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

function lastLines(logs: string, name: string): LogLine[] {
  const reader = new LogReader(logs, name, { tail: incidentLimits.lines });
  try {
    return [...reader.read()].map(({ t, stream, msg }) => ({ t, stream, msg }));
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
