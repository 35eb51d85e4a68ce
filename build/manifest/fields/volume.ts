import { boolean, choice, type Fields, list, stringLike } from '../kinds.ts';
import { imageKind } from './common-kinds.ts';

/** An item of `volumes:`. */
export const volumeFields = {
  name: {
    kind: stringLike(/^[a-z0-9_-]{1,64}$/, 'a name of a-z, 0-9, "_" and "-"'),
    help: 'Name of the volume in `binds` and `mounts`.',
    required: true,
    example: 'data',
    linuxkit: 'Binds only find the volumes of the last manifest.',
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
