import type { BundleKernel } from '../../../lib/bundle/prepare.ts';
import type { Bundle } from '../../../lib/bundle/read.ts';
import type { LogWriter } from '../../../lib/log/writer.ts';
import type { UpdatesConfig } from '../../../lib/updates/config.ts';
import type { Driver } from '../service/driver.ts';
import type { Runner } from '../service/runner.ts';
import type { SavedSets } from './saved-sets.ts';
import type { ServiceSet } from './service-set.ts';
import type { UpdateLayers } from './update-layers.ts';

export interface UpdaterSettings {
  /** For layers, bundles and what the next supervisor has to know: a folder on which a tmpfs is mounted. */
  readonly folder: string;
  readonly containers: string;
  /** Where layers are mounted, each in a folder named by its id. */
  readonly layers: string;
  /** That of the image; undefined: it has none. */
  readonly config: UpdatesConfig | undefined;
  readonly production: boolean;
  readonly kernel: BundleKernel;
  readonly runner: (bundle: Bundle, log: LogWriter | undefined) => Runner;
}

/** The machine, as an update sees it. */
export interface UpdateHost {
  readonly settings: UpdaterSettings;
  readonly driver: Driver;
  readonly layers: UpdateLayers;
  readonly saved: SavedSets;
  /** What it runs now. */
  readonly set: ServiceSet;
  /** The set runs from now on. */
  commit(set: ServiceSet): void;
  /** Ends an update, and removes what is not in use. */
  release(): void;
}
