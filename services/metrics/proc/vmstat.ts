/**
 * Counters of /proc/vmstat (Documentation/filesystems/proc.rst) that node_exporter shows by default: pages
 * that were read, written and swapped, page faults, and processes killed for lack of memory.
 */
export function parseVmstat(text: string): ReadonlyMap<string, number> {
  const found = text.matchAll(/^((?:oom_kill|pgpg|pswp|pg[a-z_]{0,30}fault)[a-z_]{0,30}) (\d{1,19})$/gm);
  return new Map([...found.take(maxKeys)].map(([, key = '', value]) => [key, Number(value)]));
}

/** Linux 6.12 has 8. */
const maxKeys = 32;
