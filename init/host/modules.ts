import { join } from 'node:path';
import { guestPaths } from '../../lib/bundle/bundle.ts';
import type { ModuleIndex } from '../../lib/bundle/modules.ts';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import type { Kernel } from '../kernel.ts';
import type { Machine } from '../steps.ts';

/** Loads the drivers of all devices that the kernel has found, and of those that show up through them. */
export function loadDrivers({ kernel, console }: Machine): string | undefined {
  if (!kernel.ownsMachine()) return 'not ours';
  const index = readIndex(kernel);
  if (index === undefined) return `no "${guestPaths.moduleIndex}" in the image: nothing is loaded`;
  const loader = new DriverLoader(index, kernel);
  while (loader.round());
  for (const failure of loader.failures) console.say(failure);
  return loader.loaded.join(', ') || 'none needed';
}

/** Loads one module that no device asks for by itself, and what it needs; one that is not in the image is built in. */
export function loadModule(name: string, { kernel, console }: Machine): void {
  const index = readIndex(kernel);
  if (index === undefined) return;
  const loader = new DriverLoader(index, kernel);
  loader.load(name);
  for (const failure of loader.failures) console.say(failure);
}

function readIndex(kernel: Kernel): ModuleIndex | undefined {
  const text = kernel.files.read(guestPaths.moduleIndex);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new KitError(`Cannot read "${guestPaths.moduleIndex}": ${reasonOf(thrown)}`, { cause: thrown });
  }
}

/** Matches devices (their modalias) with modules, looking at each device once and trying each module once. */
export class DriverLoader {
  readonly loaded: string[] = [];
  readonly failures: string[] = [];
  readonly #index: ModuleIndex;
  readonly #kernel: Pick<Kernel, 'files' | 'loadModule'>;
  readonly #seenDevices = new Set<string>();
  readonly #seenAliases = new Set<string>();
  readonly #tried = new Set<string>();

  constructor(index: ModuleIndex, kernel: Pick<Kernel, 'files' | 'loadModule'>) {
    this.#index = index;
    this.#kernel = kernel;
  }

  /** One walk over the devices not seen before; true if a module was loaded, which may bring new devices. */
  round(): boolean {
    const before = this.loaded.length;
    for (const alias of this.#newAliases()) {
      for (const module of modulesFor(alias, this.#index)) this.load(module);
    }
    return this.loaded.length > before;
  }

  #newAliases(): string[] {
    const { files } = this.#kernel;
    const devices = files
      .list('/sys/bus')
      .flatMap((bus) =>
        files.list(`/sys/bus/${bus}/devices`).map((name) => `/sys/bus/${bus}/devices/${name}`),
      )
      .filter((device) => !this.#seenDevices.has(device));
    for (const device of devices) this.#seenDevices.add(device);
    const aliases = devices.map((device) => files.read(`${device}/modalias`)?.trim() ?? '').filter(Boolean);
    const fresh = [...new Set(aliases)].filter((alias) => !this.#seenAliases.has(alias));
    for (const alias of fresh) this.#seenAliases.add(alias);
    return fresh;
  }

  /** After what it needs; a module that fails is not tried again. */
  load(name: string): void {
    const module = own(this.#index.modules, name);
    if (!module || this.#tried.has(name)) return;
    this.#tried.add(name);
    for (const needed of module.needs) this.load(needed);
    try {
      const path = join('/usr/lib/modules', this.#index.release, module.path);
      if (this.#kernel.loadModule(path)) this.loaded.push(name);
    } catch (thrown) {
      // ENODEV: the driver looked and found no device of its own, which is what aliases of CPU features often end in.
      if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENODEV') return;
      this.failures.push(`module ${name} failed: ${reasonOf(thrown)}`);
    }
  }
}

/** A device may call itself "constructor". */
function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** The modules whose alias matches a device's modalias (`pci:v00001AF4d00001041sv…`). */
export function modulesFor(modalias: string, index: ModuleIndex): string[] {
  const colon = modalias.indexOf(':');
  const [bus, rest] = [modalias.slice(0, colon), modalias.slice(colon + 1)];
  // Some aliases have a glob before the colon ("acpi*:PNP0C0A:*").
  const candidates = [...(own(index.aliases, bus) ?? []), ...(own(index.aliases, `${bus}*`) ?? [])];
  return candidates.filter(([glob]) => globMatches(glob, rest)).map(([, module]) => module);
}

/** fnmatch(3) without flags, as modules.alias uses it: `*`, `?` and `[a-f]`. */
export function globMatches(glob: string, text: string): boolean {
  const star = glob.search(/[*?[]/);
  if (star === -1) return glob === text;
  if (!text.startsWith(glob.slice(0, star))) return false;
  try {
    return new RegExp(`^${regexSource(glob)}$`, 's').test(text);
  } catch {
    // A range that runs backwards ("[9-0]") matches nothing.
    return false;
  }
}

function regexSource(glob: string): string {
  return glob.replace(/\[!?[^\]]+\]|[\s\S]/g, (part) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    if (part.length > 1) return part.replace(/\\/g, '\\\\').replace(/^\[!/, '[^');
    return part.replace(/[.+^${}()|[\]\\/-]/, '\\$&');
  });
}
