import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Service, World } from '../state/state.ts';

/** What outlives the supervisor, but not the machine: a new one goes on with it. */
export interface Kept {
  readonly settled: boolean;
  readonly services: Readonly<Record<string, KeptService>>;
}

export type KeptService = Pick<
  Service,
  'wanted' | 'pid' | 'startedMs' | 'restarts' | 'failures' | 'reached' | 'failedOnce' | 'lastExit'
>;

/** The state kept in a file of memory, written when it differs from what was written last. */
export class Keeper {
  readonly #path: string;
  #written = '';

  constructor(path: string) {
    this.#path = path;
  }

  /** Nothing is kept on a machine that has just started, and a file that cannot be read is the same. */
  read(): Kept {
    try {
      return JSON.parse(readFileSync(this.#path, 'utf8'));
    } catch {
      return { settled: false, services: {} };
    }
  }

  write({ settled, services }: World): void {
    const kept: Kept = {
      settled,
      services: Object.fromEntries(services.map((one) => [one.name, keptOf(one)])),
    };
    const text = JSON.stringify(kept);
    if (text === this.#written) return;
    mkdirSync(dirname(this.#path), { recursive: true });
    // In memory: it need only be whole, not on a disk.
    writeFileSync(`${this.#path}.new`, text);
    renameSync(`${this.#path}.new`, this.#path);
    this.#written = text;
  }
}

export function keptOf(service: Service): KeptService {
  const { wanted, pid, startedMs, restarts, failures, reached, failedOnce, lastExit } = service;
  return { wanted, pid, startedMs, restarts, failures, reached, failedOnce, lastExit };
}
