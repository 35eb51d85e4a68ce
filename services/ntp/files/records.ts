import { reasonOf } from '../../../lib/errors/errors.ts';
import type { Logger } from '../../../lib/service/service.ts';
import type { Clock } from '../clock/clock.ts';
import { writeState } from './state-file.ts';
import { markReady, type Status, writeStatus } from './status-file.ts';

/** Seconds between writes of the state. */
const saveEvery = 3600;

export interface RecordsSettings {
  /** Folder of what this program says: `ready` and `status.json`. */
  readonly folder: string;
  /** File that keeps time and frequency over reboots. */
  readonly stateFile: string | undefined;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'error'>;
}

/** Writes what this program knows; errors are only logged. */
export class Records {
  readonly #settings: RecordsSettings;
  #savedAt = 0;

  constructor(settings: RecordsSettings) {
    this.#settings = settings;
  }

  publish(status: Status, isReady: boolean): void {
    const { folder, log } = this.#settings;
    try {
      writeStatus(folder, status);
      markReady(folder, isReady);
    } catch (error) {
      log.error(`Cannot write to "${folder}": ${reasonOf(error)}`);
    }
    if (this.#savedAt === 0 && isReady) this.save();
  }

  /** To be called while the clock is right, or was. */
  saveIfDue(): void {
    if (this.#settings.clock.steady() - this.#savedAt > saveEvery) this.save();
  }

  save(): void {
    const { clock, log, stateFile } = this.#settings;
    this.#savedAt = clock.steady();
    if (stateFile === undefined) return;
    try {
      writeState(stateFile, Number(clock.now() / 1_000_000n), clock.frequency());
    } catch (error) {
      log.error(`Cannot write "${stateFile}": ${reasonOf(error)}`);
    }
  }
}
