import { type Fields, integer, list, string } from '../kinds.ts';

const linuxkit = 'Not supported.';

/** `updates:` */
export const updatesFields = {
  keys: {
    kind: list(string),
    help:
      'Files with public keys (PEM), relative to the manifest: the machine takes an update only if one of them has signed ' +
      'it, and `kit keys` makes such keys. They are in the image; keys in an update count from its boot on.',
    default: 'none: an update need not be signed',
    example: ['updates.pub'],
    linuxkit,
  },
  stateVersion: {
    kind: integer(0),
    help:
      'The version of what the services keep on disks and in volumes. A machine refuses images with a lower one, which ' +
      'could not read that.',
    default: '`0`',
    example: 1,
    linuxkit,
  },
} as const satisfies Fields;
