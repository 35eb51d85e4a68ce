import { setSourceMapsSupport } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { kitRoot } from '../host/paths.ts';
import { isOwn, isPrivateFolder } from '../host/users/private-folder.ts';
import { unchanged } from './stamp.ts';

/**
 * The folder of this checkout's bundle in that of compiled code; undefined when there can be none.
 * @param compiled the folder of compiled code
 */
export function bundleFolder(compiled: string | undefined, root = kitRoot): string | undefined {
  const name = `checkout-${encodeURIComponent(root)}`;
  // The longest name that file systems take; a stamp is one line.
  return compiled && name.length <= 255 && !root.includes('\n') ? join(compiled, name) : undefined;
}

/** In that folder: the state of the bundle, which comes first, and of all files that it was made of. */
export const stampFile = 'stamp';

/**
 * The bundle in this folder: build/main.ts with all that it imports in one file, which loads in half the
 * time. Undefined if there is none, if a source has changed since, or if somebody else could have written it.
 */
export function findBundle(folder: string): string | undefined {
  const stamp = join(folder, stampFile);
  try {
    if (!isPrivateFolder(folder) || !isOwn(stamp)) return undefined;
    const [bundle = ''] = unchanged(stamp) ?? [];
    return isOwn(bundle) ? bundle : undefined;
  } catch {
    // Not there, or not readable: the sources run as well.
    return undefined;
  }
}

/** Runs it. Stack traces name the sources. */
export async function importBundle(bundle: string): Promise<void> {
  setSourceMapsSupport(true);
  await import(pathToFileURL(bundle).href);
}
