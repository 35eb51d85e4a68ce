import { join } from 'node:path';
import { guestPaths } from '../../lib/bundle/bundle.ts';
import type { ModuleIndex } from '../../lib/bundle/modules.ts';
import { codeOf, KitError, reasonOf } from '../../lib/errors/errors.ts';
import type { StepContext } from '../steps.ts';
import type { GuestSystem } from '../system/system.ts';
import { kvmClockDriver, mayHaveKvmClock } from './kvm-clock.ts';
import { modulesFor, modulesOfOtherProcessors, own } from './module-aliases.ts';

/**
 * Loads the drivers of all devices that the kernel has found, and of those that appear through them: at once,
 * or later, as those of Hyper-V, of SCSI and USB do.
 */
export function loadDrivers({ system, console }: StepContext): string | undefined {
  if (!system.ownsMachine()) return 'skipped in a container';
  if (!system.files.has(guestPaths.moduleIndex))
    return `no "${guestPaths.moduleIndex}" in the image: nothing is loaded`;
  const loader = new DriverLoader(system);
  const load = (): string => {
    while (loader.loadNewDrivers());
    for (const failure of loader.failures.splice(0)) console.log(failure);
    return loader.loaded.splice(0).join(', ');
  };
  // Before the first look, so that no device is missed in between.
  watchNewDevices({ system, console }, load);
  if (mayHaveKvmClock(system.files)) loader.loadNamed(kvmClockDriver);
  return load() || 'none needed';
}

/** A kernel that does not say what it finds still gets the drivers of what is there at boot. */
function watchNewDevices(
  { system, console }: Pick<StepContext, 'system' | 'console'>,
  load: () => string,
): void {
  try {
    system.watchDevices(() => {
      if (system.files.read('/proc/sys/kernel/modules_disabled')?.trim() === '1') return;
      const loaded = load();
      if (loaded !== '') console.log(`drivers of new devices: ${loaded}`);
    });
  } catch (thrown) {
    console.log(`Cannot watch for new devices: ${reasonOf(thrown)}`);
  }
}

/**
 * Loads a module that no modalias names, with its dependencies. One not in the image is built in. The
 * parameters are by module: `max_bonds=0`.
 */
export function loadModuleByName(
  name: string,
  { system, console }: StepContext,
  parameters: Readonly<Record<string, string>> = {},
): void {
  const loader = new DriverLoader(system, parameters);
  loader.loadNamed(name);
  for (const failure of loader.failures) console.log(failure);
}

function readIndex(system: GuestSystem): ModuleIndex | undefined {
  const text = system.files.read(guestPaths.moduleIndex);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new KitError(`Cannot read "${guestPaths.moduleIndex}": ${reasonOf(thrown)}`, { cause: thrown });
  }
}

/** How the kernel names the processor. No device of a bus has this name. */
const processorAlias = '/sys/devices/system/cpu/modalias';

/** /etc/modprobe.d of pkg/init has a link to it. */
const modprobeConfig = '/run/kit/modprobe.conf';

/** Matches the modalias of devices with modules. Looks at each device once, and tries each module once. */
class DriverLoader {
  readonly loaded: string[] = [];
  readonly failures: string[] = [];
  readonly #system: GuestSystem;
  readonly #seenDevices = new Set<string>();
  readonly #seenAliases = new Set<string>();
  readonly #tried = new Set<string>();
  /** Of the tried ones, those without a device, and those that cannot do without them. */
  readonly #unwanted = new Set<string>();
  readonly #parameters: Readonly<Record<string, string>>;

  constructor(system: GuestSystem, parameters: Readonly<Record<string, string>> = {}) {
    this.#system = system;
    this.#parameters = parameters;
  }

  /** Loads modules for new devices. True if it loaded one, through which more devices may appear. */
  loadNewDrivers(): boolean {
    const before = this.loaded.length;
    const aliases = this.#newAliases();
    // Read again each time: it takes more memory than PID 1 should keep for devices that rarely come.
    const index = aliases.length > 0 ? readIndex(this.#system) : undefined;
    if (index === undefined) return false;
    const processor = aliases.find((alias) => alias.startsWith('cpu:'));
    if (processor !== undefined) this.#keepModprobeFrom(modulesOfOtherProcessors(processor, index));
    for (const alias of aliases) for (const module of modulesFor(alias, index)) this.#load(module, index);
    return this.loaded.length > before;
  }

  /**
   * For an algorithm, the kernel has modprobe load every module that knows it, also one for other
   * processors. Such a module refuses. busybox then takes its compressed file for one that is not, of which
   * the kernel complains on the console: "Invalid ELF header magic".
   */
  #keepModprobeFrom(modules: readonly string[]): void {
    this.#system.files.write(modprobeConfig, modules.map((name) => `blacklist ${name}\n`).join(''));
  }

  #newAliases(): string[] {
    const { files } = this.#system;
    const devices = files
      .list('/sys/bus')
      .flatMap((bus) =>
        files.list(`/sys/bus/${bus}/devices`).map((name) => `/sys/bus/${bus}/devices/${name}`),
      )
      .filter((device) => !this.#seenDevices.has(device));
    for (const device of devices) this.#seenDevices.add(device);
    const names = [processorAlias, ...devices.map((device) => `${device}/modalias`)];
    const aliases = names.map((name) => files.read(name)?.trim() ?? '').filter(Boolean);
    const fresh = [...new Set(aliases)].filter((alias) => !this.#seenAliases.has(alias));
    for (const alias of fresh) this.#seenAliases.add(alias);
    return fresh;
  }

  /** Loads a module that no modalias names. */
  loadNamed(name: string): void {
    const index = readIndex(this.#system);
    if (index !== undefined) this.#load(name, index);
  }

  /** Loads a module after its dependencies. One that failed is not tried again. */
  #load(name: string, index: ModuleIndex): void {
    const module = own(index.modules, name);
    if (!module || this.#tried.has(name)) return;
    this.#tried.add(name);
    for (const needed of module.needs) this.#load(needed, index);
    // On a machine that is no server, edac_mce_amd refuses, and amd64_edac would lack its symbols.
    if (module.needs.some((needed) => this.#unwanted.has(needed))) {
      this.#unwanted.add(name);
      return;
    }
    try {
      const path = join('/usr/lib/modules', index.release, module.path);
      if (this.#system.loadModule(path, own(this.#parameters, name))) this.loaded.push(name);
    } catch (thrown) {
      // The driver found no device it supports. Common with aliases of CPU features, so not worth a message.
      if (noDevice.has(codeOf(thrown))) this.#unwanted.add(name);
      else this.failures.push(`module ${name} failed: ${reasonOf(thrown)}`);
    }
  }
}

/** ENOTSUP is what the driver of KVM's clock says of a host that has none. */
const noDevice = new Set<string | undefined>(['ENODEV', 'ENOTSUP']);
