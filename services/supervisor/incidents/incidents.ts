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

/** A larger file is not one of ours. */
const fileLimit = 4 << 20;

/** The incidents of every service, `<folder>/<name>.json`; the folder may be on a volume that outlives the machine. */
export class Incidents {
  readonly #folder: () => string;
  readonly #logs: string;

  /** `folder`: asked each time, as a disk may be mounted after the supervisor has started. */
  constructor(folder: () => string, logs: string) {
    this.#folder = folder;
    this.#logs = logs;
  }

  /** Keeps what the log of the service says about its failure. @throws what the disk says */
  add(name: string, what: string): void {
    const folder = this.#folder();
    const lines = lastOf(this.#logs, name);
    const text = JSON.stringify(
      withIncident(this.of(name), { what, nowMs: Date.now(), boot: bootId() }, lines),
    );
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, `${name}.json`);
    writeFileSync(`${path}.new`, text, { mode: 0o600, flush: true });
    renameSync(`${path}.new`, path);
    syncFolder(folder);
  }

  /** Oldest first; none when the file is damaged: what matters happens next. */
  of(name: string): Incident[] {
    try {
      const text = readFileSync(join(this.#folder(), `${name}.json`), 'utf8');
      const value: unknown = text.length > fileLimit ? [] : JSON.parse(text);
      return Array.isArray(value) ? value.filter(isIncident) : [];
    } catch {
      return [];
    }
  }

  /** Services that have any, by name. */
  names(): string[] {
    try {
      const files = readdirSync(this.#folder()).filter((file) => file.endsWith('.json'));
      return files.map((file) => file.slice(0, -'.json'.length)).sort();
    } catch {
      return [];
    }
  }
}

/** A rename is on the disk when its folder is: a panic may come next. */
function syncFolder(folder: string): void {
  const fd = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function lastOf(logs: string, name: string): LogLine[] {
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
