import { type Fields, textLike } from '../kinds.ts';
import { absolutePath } from './words.ts';

const linuxkit = 'has no such key';

/** `control:`, which the supervisor obeys. The files are read in the machine, so that no image has to hold a key. */
export const controlFields = {
  listen: {
    kind: textLike(
      /^(?:[0-9.]{7,15}|\[[0-9a-fA-F:.]{2,45}\])?:\d{1,5}$/,
      'an address and a port such as ":4911", "10.0.2.15:4911" or "[fd00::20]:4911"',
    ),
    help: 'The address and the TCP port, or `:` and the port for every address.',
    required: true,
    example: ':4911',
    linuxkit,
  },
  ca: {
    kind: absolutePath,
    help: 'File in the machine (PEM): certificates of the authorities whose clients may enter.',
    default: '`/run/config/control/ca.pem`',
    example: '/etc/control/ca.pem',
    linuxkit,
  },
  certificate: {
    kind: absolutePath,
    help: "File in the machine (PEM): the machine's own certificate, with those between it and the authority.",
    default: '`/run/config/control/cert.pem`',
    example: '/etc/control/cert.pem',
    linuxkit,
  },
  key: {
    kind: absolutePath,
    help: "File in the machine (PEM): the machine's private key.",
    default: '`/run/config/control/key.pem`',
    example: '/var/control/key.pem',
    linuxkit,
  },
  crl: {
    kind: absolutePath,
    help: 'File in the machine (PEM): lists of revoked certificates.',
    default: 'none',
    example: '/run/config/control/crl.pem',
    linuxkit,
  },
} as const satisfies Fields;
