import { basename } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { type ResolvedImage, readImage } from '../cache/stored-image.ts';
import { limitConcurrency } from '../host/concurrency.ts';
import type { Work } from '../work.ts';
import { type BaseLayers, baseLayers } from './base-layers.ts';
import { shownPath } from './definition/shown-path.ts';
import { depfilePath, freshDepfile, writeDepfile } from './depfile.ts';
import { changedSince, recordInputs } from './inputs.ts';
import { lockHash } from './lock-hash.ts';
import type { PackagePlan } from './plan.ts';
import { type PackageId, writeImage } from './write-image.ts';

/**
 * Builds packages: each at most once, after the packages below it, two at a time, and only those that the
 * cache lacks. Several processes may do so at the same time. Code for building is loaded only when a package
 * has changed: otherwise, checking costs a few hundred stat(2) calls.
 */
export class PackageBuilder {
  readonly #work: Work;
  readonly #ids = new Map<string, Promise<PackageId>>();
  readonly #plans = new Map<string, Promise<PackagePlan>>();
  readonly #images = new Map<string, Promise<ResolvedImage>>();
  readonly #limited = limitConcurrency(2);

  readonly #baseLayers: BaseLayers;

  constructor(work: Work, shared: BaseLayers = baseLayers) {
    this.#work = work;
    this.#baseLayers = shared;
  }

  /**
   * Name and hash of the package in the absolute folder `dir`. Builds nothing, but bundles a program that has
   * changed.
   */
  id(dir: string): Promise<PackageId> {
    return once(this.#ids, dir, () => this.#findId(dir));
  }

  /** The image of the package; built when the cache has none with these inputs. */
  image(dir: string): Promise<ResolvedImage> {
    return once(this.#images, dir, () => this.#checkedImage(dir));
  }

  /** Types are checked while the program is bundled; a program that does not compile fails first. */
  async #checkedImage(dir: string): Promise<ResolvedImage> {
    const [image, types] = await Promise.allSettled([this.#findImage(dir), this.#checkTypes(dir)]);
    if (image.status === 'rejected') throw image.reason;
    if (types.status === 'rejected') throw types.reason;
    return image.value;
  }

  async #checkTypes(dir: string): Promise<void> {
    if (this.#work.checkTypes === false) return;
    const { checkTypes } = await import('./type-check/check-types.ts');
    await checkTypes(dir, this.#work);
  }

  async #findId(dir: string): Promise<PackageId> {
    const known = await freshDepfile(this.#depfile(dir));
    if (known) {
      const bases = await Promise.all(known.bases.map((base) => this.id(base.dir)));
      if (bases.every(({ hash }, at) => hash === known.bases[at]?.hash)) return known;
    }
    return this.#plan(dir);
  }

  #plan(dir: string): Promise<PackagePlan> {
    return once(this.#plans, dir, async () => {
      const started = Date.now();
      const { planPackage } = await import('./plan.ts');
      const plan = await planPackage(dir, this.#baseLayers.libs, this.#work, (base) => this.id(base));
      const { name, hash, bases, inputs } = plan;
      // A file written meanwhile may differ from what was read, so the inputs cannot be recorded.
      const seen = changedSince(inputs, started) ? null : recordInputs(inputs);
      await writeDepfile(this.#depfile(dir), { dir, name, hash, bases, inputs: seen });
      return plan;
    });
  }

  async #findImage(dir: string): Promise<ResolvedImage> {
    const { name, hash } = await this.id(dir);
    const found = await readImage(this.#work.cache, name, this.#work.arch, hash);
    if (typeof found === 'object') return found;
    if (found === 'damaged')
      this.#work.progress.line(`Image ${name} in the cache is damaged: building it again`);
    return this.#work.cache.locked(
      `package-${basename(this.#depfile(dir), '.json')}`,
      () => this.#build(dir),
      {
        signal: this.#work.signal,
        onWait: () => this.#work.progress.line(`Waiting for another kit that builds ${shownPath(dir)}`),
      },
    );
  }

  async #build(dir: string): Promise<ResolvedImage> {
    const plan = await this.#plan(dir);
    // The previous holder of the lock may have built it.
    const found = await readImage(this.#work.cache, plan.name, this.#work.arch, plan.hash);
    if (typeof found === 'object') return found;
    const below = await Promise.all(plan.bases.map((base) => this.image(base.dir)));
    const built = await this.#limited(() =>
      this.#work.progress.task(`Build ${shownPath(dir)}`, () => this.#make(plan, below)),
    );
    const image = await readImage(this.#work.cache, built.name, this.#work.arch, built.hash);
    if (typeof image === 'object') return image;
    throw new KitError(`Cannot build package "${shownPath(dir)}": its image vanished from the cache`);
  }

  async #make(first: PackagePlan, below: readonly ResolvedImage[]): Promise<PackageId> {
    const { ingredientsOf, makeLayers } = await import('./make-layers.ts');
    const ingredients = await ingredientsOf(first, this.#work);
    const plan = await this.#replanned(first);
    const layers = await makeLayers(plan, ingredients, below, this.#baseLayers, this.#work);
    await writeImage(this.#work.cache, plan, plan.definition, layers, this.#work.arch);
    return plan;
  }

  /**
   * Plans again when fetching has updated a lock file, of this package or of one below: that changes the
   * name.
   */
  async #replanned(plan: PackagePlan): Promise<PackagePlan> {
    const { dir } = plan.definition;
    const bases = await Promise.all(plan.bases.map((base) => this.id(base.dir)));
    const sameBases = bases.every(({ hash }, at) => hash === plan.bases[at]?.hash);
    if (sameBases && lockHash(plan.definition) === plan.lock) return plan;
    this.#plans.delete(dir);
    const again = await this.#plan(dir);
    this.#ids.set(dir, Promise.resolve(again));
    return again;
  }

  #depfile(dir: string): string {
    return depfilePath(this.#work.cache.dir, dir, this.#work.arch);
  }
}

const builders = new WeakMap<Work, PackageBuilder>();

/** The builder of this `Work`, shared by all its parts. */
export function builderOf(work: Work): PackageBuilder {
  const known = builders.get(work) ?? new PackageBuilder(work);
  builders.set(work, known);
  return known;
}

function once<T>(memo: Map<string, Promise<T>>, key: string, work: () => Promise<T>): Promise<T> {
  const known = memo.get(key) ?? work();
  memo.set(key, known);
  return known;
}
