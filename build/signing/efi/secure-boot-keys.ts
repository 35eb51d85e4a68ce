import { generateKeyPairSync, type KeyObject, randomBytes, randomUUID, X509Certificate } from 'node:crypto';
import { efiGuid } from '../../binary/efi/guids.ts';
import { certificateList } from '../../binary/efi/signature-list.ts';
import {
  authenticatedValue,
  type KeyVariable,
  keyVariables,
  signedVariable,
} from '../../binary/efi/variables.ts';
import { selfSigned } from './certificate.ts';
import { type EfiSigner, signDetached } from './signed-data.ts';

/** A file of a new set of keys. */
export interface KeyFile {
  /** `db.key` */
  readonly name: string;
  readonly content: string | Buffer;
  readonly isSecret: boolean;
}

/** Firmware takes RSA of 2048 bits everywhere, and more than that not everywhere. */
const modulusLength = 2048;
/** Firmware does not look at it; other programs do. */
const years = 20;

/**
 * Keys, certificates and enrolment files of a machine that starts what the owner of `db.key` has signed:
 * `.key` and `.crt` in PEM form, `.cer` in DER, for the menus of firmware, `.esl` (EFI_SIGNATURE_LIST), and
 * `.auth`, which firmware in setup mode takes: PK signed by itself, KEK by PK, db by KEK.
 * @param title in the names of the certificates @param password encrypts the keys
 */
export function makeSecureBootKeys(title: string, now: Date, password?: string): KeyFile[] {
  const owner = randomUUID();
  const signers = new Map(
    keyVariables.map(({ name }) => [name, newSigner(`${title} ${name}`, now)] as const),
  );
  const signerOf = (name: KeyVariable['name']): EfiSigner => signers.get(name) as EfiSigner;
  return [
    ...keyVariables.flatMap((variable) => {
      const { name } = variable;
      const by = signerOf(name === 'db' ? 'KEK' : 'PK');
      return filesOf({ variable, signer: signerOf(name), by, owner }, now, password);
    }),
    { name: 'GUID.txt', content: `${owner}\n`, isSecret: false },
  ];
}

function newSigner(name: string, now: Date): EfiSigner {
  const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength });
  const to = new Date(now);
  to.setUTCFullYear(to.getUTCFullYear() + years);
  const certificate = new X509Certificate(selfSigned(key, { name, from: now, to, serial: randomBytes(16) }));
  return { key, certificate };
}

interface Wanted {
  readonly variable: KeyVariable;
  readonly signer: EfiSigner;
  /** Who signs the variable. */
  readonly by: EfiSigner;
  readonly owner: string;
}

function filesOf(
  { variable, signer, by, owner }: Wanted,
  now: Date,
  password: string | undefined,
): KeyFile[] {
  const { key, certificate } = signer;
  const { name } = variable;
  const list = certificateList(certificate.raw, efiGuid(owner));
  const signature = signDetached(signedVariable(variable, now, list), by);
  const files: readonly (readonly [ending: string, content: string | Buffer])[] = [
    ['crt', certificate.toString()],
    ['cer', certificate.raw],
    ['esl', list],
    ['auth', authenticatedValue(now, signature, list)],
  ];
  return [
    { name: `${name}.key`, content: privatePem(key, password), isSecret: true },
    ...files.map(([ending, content]) => ({ name: `${name}.${ending}`, content, isSecret: false })),
  ];
}

function privatePem(key: KeyObject, passphrase: string | undefined): string {
  const plain = { type: 'pkcs8', format: 'pem' } as const;
  return String(
    key.export(passphrase === undefined ? plain : { ...plain, cipher: 'aes-256-cbc', passphrase }),
  );
}
