import { KitError } from '../../../lib/errors/errors.ts';

/** The source or the target of `kit cp`. */
export type CopyEndpoint = MachineEndpoint | HostEndpoint;

export interface MachineEndpoint {
  readonly kind: 'machine';
  readonly machine: string;
  /** Empty: the machine itself. */
  readonly service: string;
  /** Absolute. */
  readonly path: string;
}

export type HostEndpoint =
  | { readonly kind: 'host'; readonly path: string }
  /** A tar archive on standard input or output. */
  | { readonly kind: 'stream' };

/** A copy between this host and a machine. */
export type CopyRequest =
  | { readonly direction: 'upload'; readonly from: HostEndpoint; readonly to: MachineEndpoint }
  | { readonly direction: 'download'; readonly from: MachineEndpoint; readonly to: HostEndpoint };

/** @throws KitError unless exactly one of the two is in a machine */
export function parseCopyRequest(source: string, target: string): CopyRequest {
  const [from, to] = [parseEndpoint(source), parseEndpoint(target)];
  if (from.kind !== 'machine' && to.kind === 'machine') return { direction: 'upload', from, to };
  if (from.kind === 'machine' && to.kind !== 'machine') return { direction: 'download', from, to };
  if (from.kind === 'machine') {
    throw new KitError(`Cannot copy "${source}" to "${target}": both are in machines`, {
      hint: `kit cp ${source} - | kit cp - ${target}`,
      exitCode: 2,
    });
  }
  throw new KitError(`Cannot copy "${source}" to "${target}": neither is in a machine`, {
    hint: 'a path in a machine is MACHINE:SERVICE:/path or MACHINE:/path',
    exitCode: 2,
  });
}

/**
 * `M:SERVICE:/path` and `M:/path` are in a machine, `-` is a stream, anything else is a path of this host;
 * one that contains a colon needs a folder before it: `./a:b`. Paths in a machine start at its root, with or
 * without the slash.
 */
export function parseEndpoint(text: string): CopyEndpoint {
  if (text === '')
    throw new KitError('Cannot copy "": expected a path, MACHINE:SERVICE:PATH or -', { exitCode: 2 });
  if (text === '-') return { kind: 'stream' };
  const [, machine, service = '', path] = /^([^/:.][^/:]*):(?:([^/:]+):)?(.*)$/s.exec(text) ?? [];
  if (machine === undefined || path === undefined) return { kind: 'host', path: text };
  if (path === '') {
    throw new KitError(`Cannot copy "${text}": the path is missing`, {
      hint: `${text}/ copies everything`,
      exitCode: 2,
    });
  }
  return { kind: 'machine', machine, service, path: path.startsWith('/') ? path : `/${path}` };
}
