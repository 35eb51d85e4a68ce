import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContainerId } from '../../../lib/containerd/client.ts';
import type { SavedState } from '../service/state-file.ts';
import type { SavedSet } from './service-set.ts';

/** A container that is being replaced. */
export interface SwappedContainer extends ContainerId {
  /** False: a client had stopped the service. */
  readonly wanted: boolean;
}

/**
 * What the next supervisor of this boot has to know, in memory: the set of services of the last update, and
 * whether this process ends in the middle of one.
 */
export class SavedSets {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Undefined: the services are those of the image. */
  read(): SavedSet | undefined {
    return this.#read<SavedSet>('set.json');
  }

  /** The containers that were being replaced when an earlier supervisor ended. */
  interrupted(): readonly SwappedContainer[] {
    return this.#read<readonly SwappedContainer[]>('swapping.json') ?? [];
  }

  begin(containers: readonly SwappedContainer[]): void {
    this.#write('swapping.json', containers);
  }

  /** @param set absent: the services are the earlier ones again */
  end(set?: SavedSet): void {
    if (set) this.#write('set.json', set);
    rmSync(join(this.#folder, 'swapping.json'), { force: true });
  }

  #read<T>(name: string): T | undefined {
    try {
      return JSON.parse(readFileSync(join(this.#folder, name), 'utf8')) as T;
    } catch {
      return undefined;
    }
  }

  /** No fsync: it has to be complete, but not to survive the machine. */
  #write(name: string, value: object): void {
    const path = join(this.#folder, name);
    writeFileSync(`${path}.new`, JSON.stringify(value));
    renameSync(`${path}.new`, path);
  }
}

/** The state of services without that of interrupted ones, which start again as they were before. */
export function withoutInterrupted(saved: SavedState, interrupted: readonly SwappedContainer[]): SavedState {
  const fresh = interrupted.map(({ id, wanted }) => [id, { wanted }] as const);
  const services = { ...saved.services, ...(Object.fromEntries(fresh) as SavedState['services']) };
  return { ...saved, services };
}
