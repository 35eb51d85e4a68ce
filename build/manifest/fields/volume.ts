import { diskFailures, tagPattern } from '../../../lib/bundle/disks.ts';
import { boolean, choice, type Fields, list, stringLike } from '../kinds.ts';
import { idKind, imageKind, octalKind } from './common-kinds.ts';

/** An item of `volumes:`. */
export const volumeFields = {
  name: {
    kind: stringLike(/^[a-z0-9_-]{1,64}$/, 'a name of a-z, 0-9, "_" and "-"'),
    help: 'Name of the volume in `binds` and `mounts`.',
    required: true,
    example: 'data',
    linuxkit: 'Binds only find the volumes of the last manifest.',
  },
  disk: {
    kind: stringLike(/^[a-z0-9][a-z0-9_-]{0,31}$/, 'the name of an item of `disks:`'),
    help: 'Makes the volume a folder of this disk, `volumes/NAME`, which lives as long as the disk does.',
    default: 'the volume is in memory, and lost when the machine ends',
    example: 'data',
    linuxkit: 'Not supported.',
  },
  share: {
    kind: stringLike(tagPattern, 'a tag of up to 31 letters, digits and "_.-"'),
    help: 'Makes the volume a folder of the host: that of `kit run --share FOLDER:TAG` with this tag.',
    default: 'the volume is in memory, and lost when the machine ends',
    example: 'src',
    linuxkit: 'Not supported.',
  },
  onFailure: {
    kind: choice(...diskFailures),
    help: 'What follows when the machine has no share of this tag.',
    default: '`continue`; services that bind the volume then do not start',
    example: 'halt',
    linuxkit: 'Not supported.',
  },
  uid: {
    kind: idKind,
    help: 'Owner of the folder on the disk, when it is made: a number, or the name of an entry.',
    default: '`0`',
    example: 999,
    linuxkit: 'Not supported.',
  },
  gid: {
    kind: idKind,
    help: 'Its group.',
    default: '`0`',
    example: 999,
    linuxkit: 'Not supported.',
  },
  mode: {
    kind: octalKind,
    help: 'Its mode.',
    default: '`"0755"`',
    example: '0700',
    linuxkit: 'Not supported.',
  },
  image: {
    kind: imageKind,
    help: 'Image with the initial contents.',
    default: 'an empty volume',
    example: './seed',
  },
  readonly: {
    kind: boolean,
    help: 'Makes the volume read-only. Binds of it need the option `ro`.',
    default: '`false`',
    example: true,
    linuxkit: 'The volume is writable anyway.',
  },
  format: {
    kind: choice('filesystem', 'oci'),
    help: 'Whether the volume holds the files of the image, or the image itself as an OCI layout.',
    default: '`filesystem`',
    example: 'oci',
  },
  platforms: {
    kind: list(stringLike(/^[a-z0-9]+\/[a-z0-9]+(?:\/[a-z0-9]+)?$/, '"os/arch"')),
    help: 'Platforms of the image in the OCI layout.',
    default: 'all',
    example: ['linux/amd64', 'linux/arm64'],
    linuxkit: 'The index still lists the platforms that were left out.',
  },
} as const satisfies Fields;
