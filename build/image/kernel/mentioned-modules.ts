import type { Entry, Manifest } from '../../manifest/types.ts';
import type { ModuleWord } from './change-modules.ts';

/** File systems that pkg/kernel leaves out of its list for their size, and what each of them takes. */
const modules: Readonly<Record<string, readonly string[]>> = {
  xfs: ['xfs'],
  btrfs: ['btrfs'],
  nfs: ['nfs', 'nfsv3', 'nfsv4'],
  nfs4: ['nfs', 'nfsv4'],
  cifs: ['cifs'],
  exfat: ['exfat'],
  ntfs3: ['ntfs3'],
  f2fs: ['f2fs'],
  '9p': ['9p', '9pnet_virtio'],
};

/** How a machine mounts a folder of the host: in the first way that host and kernel have. */
const ofShares: readonly ModuleWord[] = [
  { text: 'virtiofs', mentioned: true },
  ...(modules['9p'] ?? []).map((text) => ({ text, mentioned: true, unspoken: true })),
];

/**
 * Modules for the file systems that a manifest names: of a disk, as the type of a mount, or in a command; and
 * those for folders of the host.
 */
export function mentionedModules(
  manifest: Pick<Manifest, 'onboot' | 'onshutdown' | 'services' | 'disks' | 'volumes'>,
): ModuleWord[] {
  const entries = [...manifest.onboot, ...manifest.onshutdown, ...manifest.services];
  const ofDisks = manifest.disks.map(({ value }) => value.filesystem?.type ?? '');
  const words = [...ofDisks, ...entries.flatMap(({ value }) => wordsOf(value))];
  const named = words.flatMap((word) => (Object.hasOwn(modules, word) ? (modules[word] ?? []) : []));
  const shares = manifest.volumes.some(({ value }) => value.share !== undefined) ? ofShares : [];
  return [...[...new Set(named)].map((text) => ({ text, mentioned: true })), ...shares];
}

/** `--type=xfs`, `mkfs.btrfs /dev/sdb` */
function wordsOf({ command = [], mounts = [] }: Entry): string[] {
  return [...command.flatMap((text) => text.split(/\W+/)), ...mounts.map(({ type }) => type ?? '')];
}
