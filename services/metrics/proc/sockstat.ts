/**
 * /proc/net/sockstat and sockstat6 by node_exporter's names: `sockets_used`, `TCP_inuse`, `UDP6_inuse`.
 * `mem` is in pages, of which `mem_bytes` has the bytes.
 */
export function parseSockstat(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [, name, pairs = ''] of text.matchAll(
    /^([A-Za-z]{1,16}6?):((?: [a-z]{1,16} \d{1,19}){1,8})$/gm,
  )) {
    for (const [, key, value] of pairs.matchAll(/ ([a-z]+) (\d+)/g)) {
      found.set(`${name}_${key}`, Number(value));
      if (key === 'mem') found.set(`${name}_mem_bytes`, Number(value) * pageBytes);
    }
    if (found.size > maxKeys) break;
  }
  return found;
}

/** Of all kernels that kit has. */
const pageBytes = 4096;

const maxKeys = 64;

/** proc_sys_fs(5), `file-nr`: descriptors that are allocated, and how many there may be. */
export function parseFileNumbers(text: string): readonly [allocated: number, maximum: number] | undefined {
  const match = /^(\d{1,19})\t\d{1,19}\t(\d{1,19})\n?$/.exec(text);
  return match ? [Number(match[1]), Number(match[2])] : undefined;
}
