import { join } from 'node:path';
import { status } from '@grpc/grpc-js';
import type { Bundle } from '../../../lib/bundle/read.ts';
import type { UpdateDone } from '../../../lib/control/generated/control.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import type { ImageInventory } from '../../../lib/updates/inventory.ts';
import { planUpdate, rebootText, type UpdatePlan, whyRefused } from '../../../lib/updates/plan.ts';
import type { UpdateLayer, UpdateStatement } from '../../../lib/updates/statement.ts';
import { isRpcError, type RpcError, rpcError } from '../calls/rpc-error.ts';
import { logLineMessage } from '../logs/read-logs.ts';
import { layersOf, mountedLayers, readInventory } from './service-set.ts';
import type { Patience } from './steady.ts';
import { type OnProgress, type SwapFailure, swapServices } from './swap.ts';
import type { UpdateHost } from './update-host.ts';
import { writeBundles } from './write-bundles.ts';

/** Lines of the log of a service that has failed, for the client. */
const shownLines = 20;

/** One update, from the statement of a client to its end. */
export class OneUpdate implements Disposable {
  /** The layers that the client has to send. */
  readonly missing: readonly UpdateLayer[];
  readonly #updater: UpdateHost;
  readonly #statement: UpdateStatement;
  readonly #plan: UpdatePlan;

  /** @throws RpcError if the machine must not have it, or only after a boot */
  constructor(updater: UpdateHost, statement: UpdateStatement) {
    this.#updater = updater;
    this.#statement = statement;
    const current = updater.set.inventory;
    const next = statement.inventory;
    if (!current) throw refused('the image does not say what it consists of');
    const why = whyRefused(current, next);
    if (why) throw refused(why);
    this.#plan = planUpdate(current, next);
    if (this.#plan.reboot.length > 0)
      throw refused(`${rebootText(this.#plan)}, which takes a boot of the new image`);
    this.missing = updater.layers.missing(statement.layers);
  }

  /** @throws RpcError if it is not a layer of this update, or not what its digest says */
  async receive(id: string, bytes: (layer: UpdateLayer) => AsyncIterable<Uint8Array>): Promise<void> {
    const layer = this.missing.find((one) => one.id === id);
    if (!layer || mountedLayers(this.#updater.settings.layers).includes(id))
      throw rpcError(status.INVALID_ARGUMENT, `Cannot update: layer "${id}" was not asked for`);
    await this.#updater.layers.receive(layer, bytes(layer));
  }

  /** @throws RpcError if nothing has been replaced */
  async apply(patience: Patience, onProgress: OnProgress): Promise<UpdateDone> {
    const { driver, saved, settings } = this.#updater;
    const bundles = this.#newBundles();
    const runners = new Map(
      bundles.map((bundle) => {
        const before = driver.runners.get(bundle.name);
        const stays = before?.bundle === bundle;
        return [bundle.name, stays ? before : settings.runner(bundle, before?.log)] as const;
      }),
    );
    const { changed, added, removed } = this.#plan;
    const containers = [...changed, ...added, ...removed].flatMap((name) => {
      const { bundle } = runners.get(name) ?? driver.runners.get(name) ?? {};
      const wanted = driver.service(name)?.wanted ?? true;
      return bundle ? [{ namespace: bundle.runtime.namespace, id: name, wanted }] : [];
    });
    saved.begin(containers);
    let isDone = false;
    try {
      const failure = await swapServices(driver, this.#plan, runners, patience, onProgress);
      if (failure) return this.#failed(failure);
      this.#updater.commit({ inventory: this.#statement.inventory, bundles, updated: true });
      isDone = true;
      return { failure: '', service: '', lines: [], down: [] };
    } finally {
      if (!isDone) saved.end();
    }
  }

  [Symbol.dispose](): void {
    this.#updater.release();
  }

  /** Bundles of the new set, in order of name. @throws RpcError if the layers do not have what was said */
  #newBundles(): Bundle[] {
    const { set, settings } = this.#updater;
    const { top, inventory } = this.#statement;
    const folder = join(settings.layers, top);
    const own = readInventory(join(folder, 'etc/kit/image.json'));
    if (!own || !isSame(own, inventory))
      throw refused(`layer ${top} is not the top layer of the image that the update describes`);
    const { changed, added, removed } = this.#plan;
    const places = { ...settings, top, set: join(settings.folder, 'sets', top) };
    try {
      const made = writeBundles([...changed, ...added], places, settings.kernel);
      const kept = set.bundles.filter(({ name }) => ![...changed, ...removed].includes(name));
      const all = [...kept, ...made].sort((a, b) => (a.name < b.name ? -1 : 1));
      this.#requireLayers(made);
      return all;
    } catch (thrown) {
      if (isRpcError(thrown)) throw thrown;
      throw refused(`its services cannot be prepared: ${reasonOf(thrown)}`);
    }
  }

  #requireLayers(bundles: readonly Bundle[]): void {
    const { layers } = this.#updater.settings;
    const present = new Set(mountedLayers(layers));
    const absent = [...layersOf(bundles, layers)].find((id) => !present.has(id));
    if (absent !== undefined) throw refused(`layer ${absent} is neither in the machine nor in the update`);
  }

  #failed({ service, what, down }: SwapFailure): UpdateDone {
    const last = service === '' ? undefined : this.#updater.driver.incidents.of(service).at(-1);
    const lines = (last?.lines ?? [])
      .slice(-shownLines)
      .map((line) => logLineMessage({ ...line, source: service, pid: 0, n: 0, missed: 0 }));
    const failure = service === '' ? what : `service "${service}" ${what}`;
    return { failure, service, lines, down: [...down] };
  }
}

const refused = (why: string): RpcError => rpcError(status.FAILED_PRECONDITION, `Cannot update: ${why}`);

const isSame = (one: ImageInventory, other: ImageInventory): boolean => {
  const { changed, added, removed, reboot } = planUpdate(one, other);
  const differences = [changed, added, removed, reboot].flat();
  return differences.length === 0 && one.arch === other.arch && one.stateVersion === other.stateVersion;
};
