import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { status } from '@grpc/grpc-js';
import type { ImageStateReply, UpdateStart } from '../../../lib/control/generated/control.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import type { UpdatesConfig } from '../../../lib/updates/config.ts';
import { isSignedByOne } from '../../../lib/updates/signature.ts';
import { readStatement, type UpdateStatement } from '../../../lib/updates/statement.ts';
import { rpcError } from '../calls/rpc-error.ts';
import type { Driver } from '../service/driver.ts';
import { OneUpdate } from './one-update.ts';
import { SavedSets } from './saved-sets.ts';
import { layersOf, mountedLayers, type ServiceSet, savedSet } from './service-set.ts';
import type { UpdateHost, UpdaterSettings } from './update-host.ts';
import { UpdateLayers } from './update-layers.ts';
import { removeBundles } from './write-bundles.ts';

/** 128 bits: no two are alike. */
const newChallenge = (): string => randomBytes(16).toString('hex');

/** Takes updates, one at a time. */
export class Updater implements UpdateHost {
  readonly settings: UpdaterSettings;
  readonly driver: Driver;
  readonly layers: UpdateLayers;
  readonly saved: SavedSets;
  #set: ServiceSet;
  #isBusy = false;
  #challenge = newChallenge();

  constructor(driver: Driver, set: ServiceSet, settings: UpdaterSettings) {
    this.driver = driver;
    this.settings = settings;
    this.#set = set;
    this.layers = new UpdateLayers(join(settings.folder, 'layers'), settings.layers, settings.kernel);
    this.saved = new SavedSets(settings.folder);
  }

  get set(): ServiceSet {
    return this.#set;
  }

  state(): ImageStateReply {
    const { inventory, updated } = this.#set;
    return {
      inventory: inventory ? JSON.stringify(inventory) : '',
      layers: mountedLayers(this.settings.layers),
      refusal: this.#refusal() ?? '',
      signed: (this.settings.config?.keys.length ?? 0) > 0,
      updated,
      challenge: this.#challenge,
    };
  }

  /** Begins an update, which has to be disposed of at its end. @throws RpcError if it must not be */
  begin(start: UpdateStart): OneUpdate {
    const refusal = this.#refusal();
    if (refusal) throw rpcError(status.FAILED_PRECONDITION, `Cannot update: ${refusal}`);
    if (this.#isBusy)
      throw rpcError(
        status.ABORTED,
        'Cannot update: another update is on its way; try again when it has ended',
      );
    const statement = this.#statementOf(start);
    this.#challenge = newChallenge();
    this.#isBusy = true;
    try {
      this.#mountFolder();
      return new OneUpdate(this, statement);
    } catch (thrown) {
      this.release();
      throw thrown;
    }
  }

  /** Ends an update, and removes what is not in use. */
  release(): void {
    const { bundles } = this.#set;
    removeBundles(join(this.settings.folder, 'sets'), new Set(bundles.map(({ dir }) => dir)));
    this.layers.keepOnly(layersOf(bundles, this.settings.layers));
    this.#isBusy = false;
  }

  /** The set runs from now on. */
  commit(set: ServiceSet): void {
    this.#set = set;
    this.saved.end(set.inventory && savedSet(set.inventory, set.bundles));
  }

  /** A sentence fragment; undefined: it takes updates. */
  #refusal(): string | undefined {
    const { production, config } = this.settings;
    const { stage } = this.driver.state;
    if (production && !config)
      return 'the image was built with --production, and its manifest has no `updates:`';
    if (!this.#set.inventory)
      return 'the image does not say what it consists of, as those of an older kit; build it again, and boot it';
    if (stage === 'adopting') return 'the machine still boots';
    if (stage !== 'up') return 'the machine shuts down';
    return undefined;
  }

  /** First its signature: nothing of it is read before. */
  #statementOf({ statement, signature }: UpdateStart): UpdateStatement {
    const keys = this.settings.config?.keys ?? [];
    if (keys.length > 0 && !isSignedByOne(statement, signature, keys)) {
      const how = signature.length === 0 ? 'it is not signed' : 'none of these keys has signed it';
      const why = `the machine takes only what the keys in its own image have signed, and ${how}`;
      throw rpcError(status.PERMISSION_DENIED, `Cannot update: ${why}`);
    }
    const read = this.#read(statement);
    // Otherwise whoever has seen an earlier update could bring it back, and its faults with it.
    if (keys.length > 0 && read.challenge !== this.#challenge) {
      const why = 'it was signed for another machine or at another time; kit update signs it anew';
      throw rpcError(status.PERMISSION_DENIED, `Cannot update: ${why}`);
    }
    return read;
  }

  #read(statement: Uint8Array): UpdateStatement {
    try {
      return readStatement(statement);
    } catch (thrown) {
      throw rpcError(status.INVALID_ARGUMENT, `Cannot update: ${reasonOf(thrown)}`);
    }
  }

  #mountFolder(): void {
    const { kernel, folder } = this.settings;
    if (kernel.isMounted(folder)) return;
    kernel.makeFolder(folder);
    // A container's root, which is nobody here, has to reach its root file system, and finds no other name.
    kernel.mount('tmpfs', folder, 'tmpfs', ['nosuid', 'nodev', 'mode=711', 'size=50%']);
  }
}

/**
 * The manifest's `updates:` in the image that has booted; undefined: it has none.
 * @throws if it cannot be read: its keys must not be passed over
 */
export function readUpdatesConfig(path: string): UpdatesConfig | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as UpdatesConfig) : undefined;
}
