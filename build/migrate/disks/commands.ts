import type { EntryNode } from '../entry.ts';

export interface FormatCommand {
  readonly entry: EntryNode;
  readonly type: string;
  readonly label: string | undefined;
  readonly device: string | undefined;
}

export interface MountCommand {
  readonly entry: EntryNode;
  readonly label: string | undefined;
  readonly uuid: string | undefined;
  readonly device: string | undefined;
  readonly target: string;
}

export interface SwapCommand {
  readonly entry: EntryNode;
  readonly path: string;
  /** `512M` */
  readonly size: string;
}

/** Undefined for what `disks:` would not do the same way, such as `-force`. */
export function formatCommand(entry: EntryNode): FormatCommand | undefined {
  const read = options(entry, ['-type', '-label', '-partition'], ['-verbose']);
  if (!read || read.rest.length > 1) return undefined;
  const { '-type': type = 'ext4', '-label': label } = read.values;
  return { entry, type, label, device: read.rest[0] };
}

export function mountCommand(entry: EntryNode): MountCommand | undefined {
  const read = options(entry, ['-label', '-uuid', '-device'], []);
  const target = read?.rest.at(-1);
  if (!read || target === undefined || read.rest.length > 2) return undefined;
  const { '-label': label, '-uuid': uuid, '-device': named } = read.values;
  const device = named ?? (read.rest.length === 2 ? read.rest[0] : undefined);
  return { entry, label, uuid, device, target: target.replace(/^\/hostroot(?=\/)/, '').replace(/\/+$/, '') };
}

/** Undefined for swap that is encrypted, or made under conditions. */
export function swapCommand(entry: EntryNode): SwapCommand | undefined {
  const read = options(entry, ['--path', '--size'], ['--debug']);
  const { '--path': path, '--size': size } = read?.values ?? {};
  if (path === undefined || size === undefined || read?.rest.length !== 0) return undefined;
  return /^\d+[MG]$/.test(size) ? { entry, path, size } : undefined;
}

/** Go's flags: `-label x`, `-label=x`, with one dash or two. Undefined for one that is not listed. */
function options(
  { command = [] }: EntryNode,
  valued: readonly string[],
  plain: readonly string[],
): { readonly values: Partial<Record<string, string>>; readonly rest: readonly string[] } | undefined {
  const words = command.slice(1);
  const values: Partial<Record<string, string>> = {};
  while (words[0]?.startsWith('-')) {
    const [flag = '', given] = (words.shift() ?? '').split('=');
    const name = [...valued, ...plain].find((one) => one === flag || one === flag.replace(/^-/, ''));
    if (name === undefined) return undefined;
    if (valued.includes(name)) values[name] = given ?? words.shift() ?? '';
  }
  return { values, rest: words };
}
