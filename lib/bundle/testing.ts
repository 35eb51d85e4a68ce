import type { OwnersKernel } from './owners.ts';

type Calls = Omit<OwnersKernel, 'mount' | 'unmount' | 'makeFolder'>;

/**
 * For tests: calls that only record themselves. Owners are mapped everywhere but at `unmappable`, nothing is
 * mounted below a folder, and no path lies on a read-only overlay.
 */
export function fakeOwners(
  record: (...words: readonly unknown[]) => void,
  unmappable: (source: string) => boolean = () => false,
): Calls {
  return {
    changeOwner: (path, uid, gid) => record('owner', path, `${uid}:${gid}`),
    userNamespace: () => 9,
    mountWithOwners(source, target, _namespace, recursive) {
      if (unmappable(source)) return false;
      record('map', source, target, recursive ? 'all' : 'one');
      return true;
    },
    mountsBelow: () => [],
    layersOf: () => undefined,
    makeScratch() {
      record('scratch');
      return '/scratch';
    },
    removeScratch: () => record('no scratch'),
  };
}
