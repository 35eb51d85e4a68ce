import type { ModuleIndex } from '../../../lib/bundle/modules.ts';
import { moduleName } from '../../packages/debian/modules.ts';

/** depmod's tables of a kernel, as text, and the module files that the image has. */
export interface ModuleTables {
  readonly release: string;
  /** modules.dep(5): lines `path: needed paths`, all transitive dependencies included. */
  readonly dep: string;
  readonly alias: string;
  /** Paths below /usr/lib/modules/<release>. */
  readonly present: ReadonlySet<string>;
}

/** The index that PID 1 reads instead of depmod's tables. It has only modules that are in the image. */
export function moduleIndex({ release, dep, alias, present }: ModuleTables): ModuleIndex {
  const modules = Object.fromEntries(
    lines(dep)
      .map((line) => line.split(':'))
      .filter(([path = '']) => present.has(path))
      .map(([path = '', needs = '']) => [moduleName(path), { path, needs: loadOrder(needs, present) }]),
  );
  return { release, aliases: aliasesByBus(alias, modules), modules };
}

/** Paths of the named modules and all they need, each once, in load order. Unknown names are skipped. */
export function loadClosure(names: readonly string[], { modules }: ModuleIndex): string[] {
  const ordered = names.flatMap((name) => {
    const module = modules[name];
    return module ? [...module.needs, name] : [];
  });
  return [...new Set(ordered)].flatMap((name) => modules[name]?.path ?? []);
}

/** modules.dep lists the nearest dependency first, so the last one is loaded first. */
function loadOrder(needs: string, present: ReadonlySet<string>): string[] {
  const paths = needs.split(' ').filter((path) => present.has(path));
  return paths.reverse().map(moduleName);
}

type Aliases = Record<string, (readonly [glob: string, module: string])[]>;

/**
 * `alias pci:v00001AF4d*sv* virtio_pci`. Aliases without a bus are for modprobe, which reads depmod's own
 * table.
 */
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
