import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import type { ServiceState, SupervisorState } from '../state/state.ts';

/** State that a supervisor process saves for its successor within one boot. */
export interface SavedState {
  readonly settled: boolean;
  readonly services: Readonly<Record<string, SavedService>>;
}

export type SavedService = Pick<ServiceState, Lasting | 'health' | 'liveness' | 'isReviving'>;

type Lasting =
  | 'wanted'
  | 'pid'
  | 'startedMs'
  | 'restarts'
  | 'failures'
  | 'reached'
  | 'failedOnce'
  | 'lastExit';

/** A file in memory (tmpfs) with the saved state. */
export class StateFile {
  readonly #path: string;
  #written = '';

  constructor(path: string) {
    this.#path = path;
  }

  /** Empty for the first supervisor of a boot, and if the file cannot be read. */
  read(): SavedState {
    try {
      return JSON.parse(readFileSync(this.#path, 'utf8'));
    } catch {
      return { settled: false, services: {} };
    }
  }

  /** Does nothing if the state has not changed. */
  write({ settled, services }: SupervisorState): void {
    const saved: SavedState = {
      settled,
      services: Object.fromEntries(services.map((one) => [one.name, savedService(one)])),
    };
    const text = JSON.stringify(saved);
    if (text === this.#written) return;
    makeFolder(dirname(this.#path));
    // No fsync: the file has to be complete, but not to survive the machine.
    writeFileSync(`${this.#path}.new`, text);
    renameSync(`${this.#path}.new`, this.#path);
    this.#written = text;
  }
}

export function savedService(service: ServiceState): SavedService {
  const { wanted, pid, startedMs, restarts, failures, reached, failedOnce, lastExit } = service;
  const { health, liveness, isReviving } = service;
  return {
    ...{ wanted, pid, startedMs, restarts, failures, reached, failedOnce, lastExit },
    ...{ health, liveness, isReviving },
  };
}
