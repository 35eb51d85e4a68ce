/**
 * proc_meminfo(5) as node_exporter names it: `Active(anon)` in kB is `Active_anon_bytes`, a count of pages
 * such as `HugePages_Total` keeps its name.
 */
export function parseMeminfo(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [, key = '', value, unit] of text.matchAll(/^([A-Za-z0-9_()]{1,40}): +(\d{1,19})( kB)?$/gm)) {
    const name = key.replace(/\((\w*)\)/, '_$1').replace(/[()]/g, '');
    found.set(unit ? `${name}_bytes` : name, Number(value) * (unit ? 1024 : 1));
    if (found.size === maxKeys) break;
  }
  return found;
}

/** Linux 6.12 has 60. */
const maxKeys = 128;
