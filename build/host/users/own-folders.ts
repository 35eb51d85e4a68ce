import { KitError } from '../../../lib/errors/errors.ts';
import { otherWriter } from './private-folder.ts';

/** A file or folder of this user that kit believes, with how to choose another: `KIT_CACHE`. */
export interface OwnPath {
  readonly what: string;
  readonly path: () => string;
  readonly variable: string;
}

/**
 * Refuses what another user could have written: programs of the cache are run, records of machines name
 * processes to end, and the configuration names where images come from. @throws KitError
 */
export function refuseForeign(paths: readonly OwnPath[]): void {
  for (const { what, path, variable } of paths) {
    const found = writerOf(path);
    if (found === undefined) continue;
    throw new KitError(`Cannot use "${found.path}" for ${what}: ${found.why}`, {
      hint: `only you may write there: set ${variable} to a path of your own, or correct its owner and mode`,
    });
  }
}

/** A path that is not known or cannot be looked at is reported by what uses it, with its purpose. */
function writerOf(pathOf: () => string): { readonly path: string; readonly why: string } | undefined {
  try {
    const path = pathOf();
    const why = otherWriter(path);
    return why === undefined ? undefined : { path, why };
  } catch {
    return undefined;
  }
}
