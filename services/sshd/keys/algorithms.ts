/** How a key signs, and which of its own names an algorithm stands for. */
export interface Algorithm {
  /** Type of the key blob: `ssh-rsa` for rsa-sha2-512. For a certificate, that of the key in it. */
  readonly keyType: KeyType;
  /** The name that the signature itself has; for a certificate, that of its key. */
  readonly signature: string;
  /** Type of the blob if it is a certificate. */
  readonly certificateType?: string;
}

/** Types of plain keys (RFC 4253 section 6.6, RFC 5656, RFC 8709, PROTOCOL.u2f of OpenSSH). */
export const keyTypes = [
  ...(['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521'] as const),
  ...(['sk-ssh-ed25519@openssh.com', 'sk-ecdsa-sha2-nistp256@openssh.com', 'ssh-rsa'] as const),
] as const;

export type KeyType = (typeof keyTypes)[number];

export const isKeyType = (name: string): name is KeyType => (keyTypes as readonly string[]).includes(name);

/** Names of signatures by type of key. RSA signs with SHA-2 only (RFC 8332): `ssh-rsa` would be SHA-1. */
export const signaturesOf = (type: KeyType): readonly string[] =>
  type === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256'] : [type];

/** All that a client may name when it logs in, the names of certificates included. */
export const algorithms: ReadonlyMap<string, Algorithm> = new Map(
  keyTypes.flatMap((keyType) =>
    signaturesOf(keyType).flatMap((signature): [string, Algorithm][] => [
      [signature, { keyType, signature }],
      [certificateName(signature), { keyType, signature, certificateType: certificateName(keyType) }],
    ]),
  ),
);

/** `server-sig-algs` of RFC 8308 section 3.1. Like OpenSSH's, it has no names of certificates. */
export const signatureAlgorithms: readonly string[] = keyTypes.flatMap(signaturesOf);

/** `ssh-ed25519-cert-v01@openssh.com`, from `ssh-ed25519` (PROTOCOL.certkeys of OpenSSH). */
export function certificateName(name: string): string {
  return `${name.replace(/@openssh\.com$/, '')}-cert-v01@openssh.com`;
}
