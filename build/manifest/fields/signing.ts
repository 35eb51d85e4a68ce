import { type Fields, string } from '../kinds.ts';

const linuxkit = 'Not supported.';

/** `signing:` */
export const signingFields = {
  key: {
    kind: string,
    help:
      'The private key, RSA in PEM form, relative to the folder of the manifest. `KIT_KEY_PASSWORD` is the password of ' +
      'an encrypted one.',
    required: true,
    example: 'keys/db.key',
    linuxkit,
  },
  certificate: {
    kind: string,
    help: 'Its certificate, in PEM or DER form: the firmware of the machine has it in `db`.',
    required: true,
    example: 'keys/db.crt',
    linuxkit,
  },
} as const satisfies Fields;
