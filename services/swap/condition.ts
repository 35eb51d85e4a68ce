import { KitError } from '../../lib/errors/errors.ts';

/** What must hold for swap to be made. */
export type SwapCondition = {
  /** Whether it is an error if it does not hold. */
  readonly isRequired: boolean;
  readonly path: string;
} & (
  | { readonly kind: 'part' }
  /** The file system that the path lies on has this many bytes. */
  | { readonly kind: 'partsize'; readonly bytes: number }
);

/**
 * Reads a condition of LinuxKit's: `part:PATH[:true]`, the path is a mount point, or
 * `partsize:PATH:100G[:true]`.
 * `true` makes it an error if it does not hold; there is no swap then in any case. @throws KitError
 */
export function swapCondition(text: string): SwapCondition {
  const [kind, path = '', ...rest] = text.split(':');
  const required = rest[kind === 'part' ? 0 : 1] ?? 'false';
  const [size] = rest;
  const isRequired = required === 'true';
  if (path.startsWith('/') && ['true', 'false', ''].includes(required)) {
    if (kind === 'part' && rest.length <= 1) return { kind, path, isRequired };
    if (kind === 'partsize' && size !== undefined && rest.length <= 2)
      return { kind, path, bytes: parseBytes(size), isRequired };
  }
  throw new KitError(`Cannot use --condition "${text}": it is none that this program knows`, {
    hint: 'part:PATH[:true] or partsize:PATH:SIZE[:true]',
    exitCode: 2,
  });
}

const units = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };

/** `2G`, `100M`, `5670K`, `8765432` @throws KitError */
export function parseBytes(text: string): number {
  const [, digits, unit = ''] = /^(\d{1,15})([KMG]?)$/.exec(text) ?? [];
  const bytes = Number(digits) * units[unit as keyof typeof units];
  if (digits !== undefined && Number.isSafeInteger(bytes)) return bytes;
  throw new KitError(`Cannot use the size "${text}": it is not a number with K, M, G or nothing behind it`, {
    exitCode: 2,
  });
}
