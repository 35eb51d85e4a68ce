import { chownSync, existsSync, mkdtempSync, realpathSync, rmdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { makeFolder } from '../files/make-folder.ts';
import { cannotMapOwners, mountWithOwners } from '../linux/mount/idmap.ts';
import { mount, unmount } from '../linux/mount/mount.ts';
import { mountOf, mountPointsBelow } from '../linux/mount/mountinfo.ts';
import { type IdMappings, openUserNamespace } from '../linux/process/user-namespace.ts';
import { guestPaths } from './bundle.ts';
import { bindPropagation, type OwnersKernel } from './owners.ts';

/** The calls of `OwnersKernel` on the running kernel. */
export const ownersKernel: OwnersKernel = {
  mount,
  unmount: (target) => unmount(target, { lazy: true }),
  makeFolder: (path) => makeFolder(path, 0o755),
  changeOwner: chownSync,
  userNamespace,
  mountWithOwners(source, target, namespace, recursive) {
    try {
      mountWithOwners(source, target, namespace, recursive);
      mount('none', target, '', [recursive ? `r${bindPropagation}` : bindPropagation]);
      return true;
    } catch (thrown) {
      if (cannotMapOwners(thrown)) return false;
      throw thrown;
    }
  },
  mountsBelow(folder) {
    const real = realpathSync(folder);
    return mountPointsBelow(real).map((target) => relative(real, target));
  },
  layersOf,
  makeScratch() {
    const folder = mkdtempSync('/run/kit-owners-');
    mount('scratch', folder, 'tmpfs', ['nosuid', 'nodev', 'size=1m', 'mode=700', 'private']);
    return folder;
  },
  removeScratch(folder) {
    unmount(folder, { lazy: true });
    rmdirSync(folder);
  },
};

/** One for each range: a few hundred bytes, against the time of making it again for each restart. */
const namespaces = new Map<string, number>();

function userNamespace(ids: IdMappings): number {
  const key = JSON.stringify(ids);
  const descriptor = namespaces.get(key) ?? openUserNamespace(ids);
  namespaces.set(key, descriptor);
  return descriptor;
}

function layersOf(path: string): ReturnType<OwnersKernel['layersOf']> {
  const real = realpathSync(path);
  const found = mountOf(real);
  if (found?.type !== 'overlay' || found.settings.some((word) => word.startsWith('upperdir=')))
    return undefined;
  const lower = found.settings.flatMap((word) => /^lowerdir=(.+)$/.exec(word)?.[1]?.split(':') ?? []);
  // Stage 1 made the overlay of the root before it moved the layers to where they are now.
  const layers = found.target === '/' ? lower.map((name) => join(guestPaths.layers, basename(name))) : lower;
  // Those of another container, whose root is mounted below /run, were mapped in a folder that is gone.
  if (!layers.every((layer) => existsSync(layer))) return undefined;
  return { layers, path: relative(found.target, real) };
}
