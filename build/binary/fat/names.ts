/** The names of a file in a FAT directory: a short one, 8.3, and a long one if that differs. */
export interface FatName {
  /** 11 bytes, padded with spaces: `BOOTX64 EFI`. */
  readonly short: Buffer;
  /** Undefined when the short name is the name. */
  readonly long: string | undefined;
}

/**
 * Names for the files of one directory, in its order. Short names that would be equal get a number:
 * `KERNEL~1` (fatgen103, "Short and Long File Name Correspondence").
 */
export function fatNames(names: readonly string[]): FatName[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const plain = splitShort(name);
    const short = plain && !taken.has(plain) ? plain : numbered(name, taken);
    taken.add(short);
    return { short: Buffer.from(short, 'latin1'), long: shown(short) === name ? undefined : name };
  });
}

const allowed = /^[A-Z0-9!#$%&'()@^_`{}~-]+$/;

/** The name as 8.3 in capitals; undefined when it does not fit. */
function splitShort(name: string): string | undefined {
  const [base = '', extension, more] = name.toUpperCase().split('.');
  if (more !== undefined || base.length > 8 || !allowed.test(base)) return undefined;
  if (extension !== undefined && (extension.length > 3 || !allowed.test(extension))) return undefined;
  return base.padEnd(8) + (extension ?? '').padEnd(3);
}

function numbered(name: string, taken: ReadonlySet<string>): string {
  const clean = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9_-]/g, '_');
  const dot = name.lastIndexOf('.');
  const base = clean(dot > 0 ? name.slice(0, dot) : name);
  const extension = clean(dot > 0 ? name.slice(dot + 1) : '').slice(0, 3);
  for (let number = 1; ; number += 1) {
    const tail = `~${number}`;
    const short = `${base.slice(0, 8 - tail.length)}${tail}`.padEnd(8) + extension.padEnd(3);
    if (!taken.has(short)) return short;
  }
}

function shown(short: string): string {
  const [base, extension] = [short.slice(0, 8).trimEnd(), short.slice(8).trimEnd()];
  return extension ? `${base}.${extension}` : base;
}
