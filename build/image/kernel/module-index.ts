import type { ModuleIndex } from '../../../lib/bundle/modules.ts';

/** depmod's tables of one kernel, as text, and the module files that are really there. */
export interface ModuleTables {
  readonly release: string;
  /** modules.dep(5): `path: needed paths`, which are complete. */
  readonly dep: string;
  readonly alias: string;
  /** Paths below /usr/lib/modules/<release>. */
  readonly present: ReadonlySet<string>;
}

/** What PID 1 reads instead of depmod's tables, with nothing in it of modules that are not in the image. */
export function moduleIndex({ release, dep, alias, present }: ModuleTables): ModuleIndex {
  const modules = Object.fromEntries(
    lines(dep)
      .map((line) => line.split(':'))
      .filter(([path = '']) => present.has(path))
      .map(([path = '', needs = '']) => [moduleName(path), { path, needs: loadOrder(needs, present) }]),
  );
  return { release, aliases: aliasesByBus(alias, modules), modules };
}

/** Paths of the modules that the named ones need and of themselves, in the order to load them in; each once. */
export function loadClosure(names: readonly string[], { modules }: ModuleIndex): string[] {
  const ordered = names.flatMap((name) => {
    const module = modules[name];
    return module ? [...module.needs, name] : [];
  });
  return [...new Set(ordered)].flatMap((name) => modules[name]?.path ?? []);
}

/** `kernel/net/8021q/8021q.ko.xz` is `8021q`; names are written with underscores. */
export function moduleName(path: string): string {
  return path
    .replace(/^.*\//, '')
    .replace(/\.ko(?:\.\w+)?$/, '')
    .replaceAll('-', '_');
}

/** modules.dep names the nearest need first, so the last one has to be loaded first. */
function loadOrder(needs: string, present: ReadonlySet<string>): string[] {
  const paths = needs.split(' ').filter((path) => present.has(path));
  return paths.reverse().map(moduleName);
}

type Aliases = Record<string, (readonly [glob: string, module: string])[]>;

/** `alias pci:v00001AF4d*sv* virtio_pci`; names without a bus are for modprobe, which reads depmod's own table. */
function aliasesByBus(text: string, modules: Readonly<Record<string, unknown>>): Aliases {
  const aliases: Aliases = {};
  for (const line of lines(text)) {
    const [, bus = '', glob = '', module = ''] = /^alias ([^:\s]+):(\S+) (\S+)$/.exec(line) ?? [];
    const name = moduleName(module);
    if (!Object.hasOwn(modules, name)) continue;
    aliases[bus] ??= [];
    aliases[bus].push([glob, name]);
  }
  return aliases;
}

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');
