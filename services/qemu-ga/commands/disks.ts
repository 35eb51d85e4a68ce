import { type Command, command } from './command.ts';
import type { FileSystem, Trimmed } from './machine.ts';

export const diskCommands: Readonly<Record<string, Command>> = {
  'guest-fsfreeze-status': command({}, ({ disks }) => (disks.isFrozen ? 'frozen' : 'thawed'), {
    whileFrozen: true,
  }),
  'guest-fsfreeze-freeze': command({}, ({ disks }) => disks.freeze()),
  'guest-fsfreeze-freeze-list': command({ mountpoints: 'strings?' }, ({ disks }, { mountpoints }) =>
    disks.freeze(mountpoints),
  ),
  'guest-fsfreeze-thaw': command({}, ({ disks }) => disks.thaw(), { whileFrozen: true }),
  // Linux knows no more of `minimum` than that smaller ranges are left out.
  'guest-fstrim': command({ minimum: 'int?' }, async ({ disks }) => ({
    paths: (await disks.trim()).map(trimmedPath),
  })),
  'guest-get-fsinfo': command({}, async ({ disks }) => (await disks.list()).map(fileSystem)),
};

const trimmedPath = ({ path, result }: Trimmed): object =>
  'bytes' in result ? { path, trimmed: result.bytes } : { path, error: result.error };

/** `disk` would name the controllers and their buses: the host knows them. */
const fileSystem = ({ source, type, mountPoint, usedBytes, totalBytes }: FileSystem): object => ({
  ...{ name: source.slice(source.lastIndexOf('/') + 1), mountpoint: mountPoint, type },
  ...{ 'used-bytes': usedBytes, 'total-bytes': totalBytes, disk: [] },
});
