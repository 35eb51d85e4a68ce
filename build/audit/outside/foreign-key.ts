import { utils } from 'ssh2';

/** A key pair of an attacker's, and the user data that would authorise it. */
export interface ForeignKey {
  readonly privateKey: string;
  readonly userData: Buffer;
}

export function foreignKey(): ForeignKey {
  const { private: privateKey, public: publicKey } = utils.generateKeyPairSync('ed25519');
  return { privateKey, userData: Buffer.from(`#cloud-config\nssh_authorized_keys:\n  - ${publicKey}\n`) };
}
