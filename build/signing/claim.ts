import type { Digest } from '../../lib/oci/types.ts';

/** What a signature that holds says. */
export interface Claim {
  /** Of the image's manifest or index. */
  readonly digest: Digest;
  /** The name that it was signed under: `ghcr.io/me/x:1`; undefined where it names none. */
  readonly name: string | undefined;
}

/** A signature as it was found: nothing in it has been checked. */
export type FoundSignature = FoundBundle | FoundSimpleSigning;

export interface FoundBundle {
  readonly form: 'bundle';
  /** The digest of its blob. */
  readonly digest: Digest;
  readonly bytes: Buffer;
}

/** cosign's own form: a layer of the image `sha256-HEX.sig`. */
export interface FoundSimpleSigning {
  readonly form: 'cosign';
  /** Of the payload. */
  readonly digest: Digest;
  readonly bytes: Buffer;
  /** Base64, as in the annotation. */
  readonly signature: string;
}
