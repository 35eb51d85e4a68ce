import { deviceBuses, metadataProviders } from '../../../lib/bundle/metadata.ts';
import { choice, either, type Fields, list, record, stringLike } from '../kinds.ts';
import { absolutePathKind } from './common-kinds.ts';

const linuxkit = 'Not supported.';

const providers = list(choice(...metadataProviders));

/** An item of `devices`: one key. */
const deviceFields = {
  path: { kind: absolutePathKind, help: 'The device file.', example: '/dev/sr0', linuxkit },
  serial: {
    kind: stringLike(/^[!-~][ -~]{0,63}$/, 'a serial number of up to 64 characters'),
    help: 'Serial number of a virtio or NVMe disk.',
    example: 'seed-1',
    linuxkit,
  },
  bus: {
    kind: choice(...deviceBuses),
    help: 'The bus it is attached to: `virtio` excludes what somebody plugs into the machine.',
    example: 'virtio',
    linuxkit,
  },
} as const satisfies Fields;

/** The long form of `trust`. */
const trustFields = {
  providers: {
    kind: providers,
    help:
      'Sources of metadata: `cdrom`, data volumes; `file`, a file in the image; the metadata services of ' +
      'clouds by their names ([clouds.md](clouds.md)).',
    default: '`cdrom` and `file`',
    example: ['cdrom'],
    linuxkit,
  },
  devices: {
    kind: list(record(deviceFields, { exactlyOneOf: ['path', 'serial', 'bus'] })),
    help: 'Devices that data volumes may be on. One that matches any item is trusted.',
    default: 'any device',
    example: [{ bus: 'virtio' }],
    linuxkit,
  },
  signedBy: {
    kind: list(
      stringLike(
        // Base64 of a length, "ssh-ed25519", a length and 32 bytes: 68 characters, the first 25 always equal.
        /^ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI[A-Za-z0-9+/]{43}(?: .*)?$/,
        'a public key of OpenSSH such as "ssh-ed25519 AAAA… comment"',
      ),
    ),
    help:
      'Public keys, one of which must have signed the user data: `ssh-keygen -Y sign -n kit-metadata -f KEY ' +
      'user-data`. The signature is the file `user-data.sig` beside it.',
    default: 'no signature is needed',
    example: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEmZjVtNT/RZdzOJjXss09+NGyxnadoHAJTFv9au8Ht8 ops'],
    linuxkit,
  },
} as const satisfies Fields;

/** `metadata:`, which pkg/metadata obeys. */
export const metadataFields = {
  trust: {
    kind: either(providers, record(trustFields)),
    help:
      'What may give the machine its metadata, and with it keys for root: a list of providers, or a map. ' +
      'Anything else is refused and named on the console; so are two data volumes that are both trusted.',
    default: 'everything; nothing with `kit build --production`',
    example: ['cdrom'],
    linuxkit,
  },
} as const satisfies Fields;
