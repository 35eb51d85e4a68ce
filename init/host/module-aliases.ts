import type { ModuleIndex } from '../../lib/bundle/modules.ts';

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
    // A reversed range ("[9-0]") is not a valid regular expression, and matches nothing.
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

/**
 * The modules that are for other processors than the one of this alias
 * (`cpu:type:x86,ven0002fam0019mod0001:feature:,0000,…`). Those that name none are for every processor.
 */
export function modulesOfOtherProcessors(processor: string, index: ModuleIndex): string[] {
  const suitable = new Set(modulesFor(processor, index));
  const all = new Set((index.aliases.cpu ?? []).map(([, module]) => module));
  return [...all].filter((module) => !suitable.has(module));
}

/** Own properties only: a device's modalias may begin with "constructor:". */
export function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
