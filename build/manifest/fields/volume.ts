import { choice, type Fields, flag, list, textLike } from '../kinds.ts';
import { image } from './words.ts';

/** An item of `volumes:`. */
export const volumeFields = {
  name: {
    kind: textLike(/^[a-z0-9_-]{1,64}$/, 'a name of a-z, 0-9, "_" and "-"'),
    help: 'Name that `binds` and `mounts` use.',
    required: true,
    example: 'data',
    linuxkit: 'Volumes of all manifests but the last one are not found by binds.',
  },
  image: { kind: image, help: 'What it holds at first.', default: 'nothing', example: './seed' },
  readonly: {
    kind: flag,
    help: 'Nobody may write to it; binds of it need the option `ro`.',
    default: '`false`',
    example: true,
    linuxkit: 'Mounted for writing all the same.',
  },
  format: {
    kind: choice('filesystem', 'oci'),
    help: 'The content of the image, or the image itself as an OCI layout.',
    default: '`filesystem`',
    example: 'oci',
  },
  platforms: {
    kind: list(textLike(/^[a-z0-9]+\/[a-z0-9]+(?:\/[a-z0-9]+)?$/, '"os/arch"')),
    help: 'Which platforms of the image an OCI layout holds.',
    default: 'all',
    example: ['linux/amd64', 'linux/arm64'],
    linuxkit: 'The index keeps those that were left out.',
  },
} as const satisfies Fields;
