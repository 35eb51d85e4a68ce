import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { kitRoot } from '../host/paths.ts';

/** What kit has for a package of LinuxKit. */
export type Counterpart =
  | {
      readonly kind: 'package';
      /** Below pkg/. */
      readonly name: string;
      /** What it does otherwise than LinuxKit's: follows `pkg/NAME` and a colon. */
      readonly differs?: string;
    }
  /**
   * kit does it by itself, or it is not needed. `why` is half a sentence: `since …`. `where`: what does it,
   * or where it is described.
   */
  | { readonly kind: 'built-in' | 'needless'; readonly why: string; readonly where: string }
  /** A package of Debian, for a package of the user's own. */
  | { readonly kind: 'debian'; readonly packages: string }
  /** `instead`: the way out, half a sentence. */
  | { readonly kind: 'none'; readonly instead: string };

/** A package of LinuxKit, and what takes its place. */
export interface LinuxkitPackage {
  /** What it does, in a few words. */
  readonly does: string;
  /** In order of preference; the first counts that this checkout has. */
  readonly ours: readonly [Counterpart, ...Counterpart[]];
  /** A package of kit for those who need more than what kit does by itself. */
  readonly also?: string;
  /** For docs/parts.md: what else is to be known of its counterpart. */
  readonly remark?: string;
}

/** What is left out of a manifest of kit. */
export const isLeftOut = (part: Counterpart): part is LeftOut =>
  part.kind === 'built-in' || part.kind === 'needless';

export type LeftOut = Extract<Counterpart, { readonly where: string }>;

/** Whether kit has a package of this name. */
export type HasPackage = (name: string) => boolean;

export const hasPackage: HasPackage = (name) => existsSync(join(kitRoot, 'pkg', name, 'build.yml'));

/** The first counterpart that exists. */
export function counterpart({ ours }: LinuxkitPackage, has: HasPackage = hasPackage): Counterpart {
  const found = ours.find((one) => one.kind !== 'package' || has(one.name));
  return found ?? { kind: 'none', instead: 'it is in another version of kit' };
}
