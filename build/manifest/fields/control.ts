import { type Fields, stringLike } from '../kinds.ts';
import { absolutePathKind } from './common-kinds.ts';

const linuxkit = 'Not supported.';

/**
 * `control:`, for the supervisor. It reads the certificate and key files on the running machine, so that the
 * image need not contain a key.
 */
export const controlFields = {
  listen: {
    kind: stringLike(
      /^(?:[0-9.]{7,15}|\[[0-9a-fA-F:.]{2,45}\])?:\d{1,5}$/,
      'an address and a port such as ":4911", "10.0.2.15:4911" or "[fd00::20]:4911"',
    ),
    help: 'Address and TCP port to listen on; `:PORT` for all addresses.',
    required: true,
    example: ':4911',
    linuxkit,
  },
  ca: {
    kind: absolutePathKind,
    help:
      'PEM file in the machine with the CA certificates that client certificates are ' + 'verified against.',
    default: '`/run/config/control/ca.pem`',
    example: '/etc/control/ca.pem',
    linuxkit,
  },
  certificate: {
    kind: absolutePathKind,
    help: 'PEM file in the machine with its certificate, followed by intermediate certificates.',
    default: '`/run/config/control/cert.pem`',
    example: '/etc/control/cert.pem',
    linuxkit,
  },
  key: {
    kind: absolutePathKind,
    help: 'PEM file in the machine with its private key.',
    default: '`/run/config/control/key.pem`',
    example: '/var/control/key.pem',
    linuxkit,
  },
  crl: {
    kind: absolutePathKind,
    help: 'PEM file in the machine with certificate revocation lists.',
    default: 'none',
    example: '/run/config/control/crl.pem',
    linuxkit,
  },
} as const satisfies Fields;
