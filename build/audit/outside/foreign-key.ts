import keygen from 'ssh2/lib/keygen.js';

/** A key pair that no machine has authorised. @returns in OpenSSH's formats */
export function unknownKey(): { readonly privateKey: string; readonly publicKey: string } {
  const made = keygen.generateKeyPairSync('ed25519', { comment: 'kit-audit' });
  return { privateKey: made.private, publicKey: made.public };
}

/** A key pair of an attacker's, and the user data that would authorise it. */
export interface ForeignKey {
  readonly privateKey: string;
  readonly userData: Buffer;
}

export function foreignKey(): ForeignKey {
  const { privateKey, publicKey } = unknownKey();
  return { privateKey, userData: Buffer.from(`#cloud-config\nssh_authorized_keys:\n  - ${publicKey}\n`) };
}
