import { ServiceFolder } from '../../../lib/files/service-folder.ts';
import { bootId } from '../../../lib/linux/system/host.ts';
import type { KeptLine, LogLine } from '../../../lib/log/line.ts';
import { LogReader } from '../../../lib/log/reader.ts';
import { type Incident, incidentLimits, linesOfRun, withIncident } from './incident.ts';

/** A larger file was not written by this program. */
const maxFileBytes = 4 << 20;

/**
 * The incidents of all services, in files `<folder>/<name>.json`. The folder may be on a volume that outlives
 * the machine, and that a service can write.
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
    using files = ServiceFolder.make(folder, 0o700);
    // Durable, as the machine may be about to panic.
    files.replace(`${name}.json`, text, 0o600);
  }

  /** Whether that failure was recorded in this boot. */
  has(name: string, what: string): boolean {
    return this.of(name).some((incident) => incident.what === what && incident.boot === bootId());
  }

  /** Oldest first; none if the file is damaged, so that later failures are still recorded. */
  of(name: string): Incident[] {
    try {
      using files = ServiceFolder.open(this.#folder());
      const value: unknown = JSON.parse(files?.read(`${name}.json`, maxFileBytes) ?? '[]');
      return Array.isArray(value) ? value.filter(isIncident) : [];
    } catch {
      return [];
    }
  }

  /** Names of services that have incidents, sorted. */
  names(): string[] {
    try {
      using files = ServiceFolder.open(this.#folder());
      const names = files?.names().filter((file) => file.endsWith('.json')) ?? [];
      return names.map((file) => file.slice(0, -'.json'.length)).sort();
    } catch {
      return [];
    }
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
  // As the control protocol counts them.
  const numbers = [firstMs, lastMs, count].every((one) => Number.isSafeInteger(one) && Number(one) >= 0);
  return (
    typeof what === 'string' &&
    typeof boot === 'string' &&
    numbers &&
    Array.isArray(lines) &&
    lines.every(isLine) &&
    Array.isArray(stack) &&
    stack.every((frame) => typeof frame === 'string')
  );
}

function isLine(value: unknown): value is LogLine {
  if (typeof value !== 'object' || value === null) return false;
  const { t, stream, msg } = value as Record<string, unknown>;
  return Number.isFinite(t) && typeof stream === 'string' && typeof msg === 'string';
}
