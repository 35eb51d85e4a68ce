import { KitError } from '../../../lib/errors/errors.ts';

/** One side of `kit cp`. */
export type Side =
  | { readonly kind: 'machine'; readonly machine: string; readonly service: string; readonly path: string }
  | { readonly kind: 'host'; readonly path: string }
  /** A tar archive on standard input or output. */
  | { readonly kind: 'stream' };

/**
 * `M:SERVICE:/path` and `M:/path` are in a machine, `-` is a stream, all else lies here; a path with a colon in it is
 * written with a folder before it: `./a:b`. Paths in a machine begin at its root, written or not.
 */
export function readSide(text: string): Side {
  if (text === '')
    throw new KitError('Cannot copy "": want a path, MACHINE:SERVICE:PATH or -', { exitCode: 2 });
  if (text === '-') return { kind: 'stream' };
  const [, machine, service = '', path] = /^([^/:.][^/:]*):(?:([^/:]+):)?(.*)$/s.exec(text) ?? [];
  if (machine === undefined || path === undefined) return { kind: 'host', path: text };
  if (path === '') {
    throw new KitError(`Cannot copy "${text}": it names no path`, {
      hint: `${text}/ is all of it`,
      exitCode: 2,
    });
  }
  return { kind: 'machine', machine, service, path: path.startsWith('/') ? path : `/${path}` };
}

type InMachine = Side & { readonly kind: 'machine' };
export type Here = Exclude<Side, InMachine>;

/** Both sides, one of which is in a machine. */
export type Way =
  | { readonly direction: 'up'; readonly from: Here; readonly to: InMachine }
  | { readonly direction: 'down'; readonly from: InMachine; readonly to: Here };

export function readWay(source: string, target: string): Way {
  const [from, to] = [readSide(source), readSide(target)];
  if (from.kind !== 'machine' && to.kind === 'machine') return { direction: 'up', from, to };
  if (from.kind === 'machine' && to.kind !== 'machine') return { direction: 'down', from, to };
  if (from.kind === 'machine') {
    throw new KitError(`Cannot copy "${source}" to "${target}": both are in machines`, {
      hint: `kit cp ${source} - | kit cp - ${target}`,
      exitCode: 2,
    });
  }
  throw new KitError(`Cannot copy "${source}" to "${target}": neither is in a machine`, {
    hint: 'what is in one is written MACHINE:SERVICE:/path or MACHINE:/path',
    exitCode: 2,
  });
}
