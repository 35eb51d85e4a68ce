import type { SourcePosition } from '../../lib/errors/errors.ts';
import type { VerifyKey } from '../signing/public-key.ts';

/** Who must have signed which images. Made from a file of the user alone, never from an image. */
export interface Policy {
  /** The path of its file, for messages. */
  readonly file: string;
  /** By scope (scopes.ts): `ghcr.io/me`, `ghcr.io/me/x:1`, `ghcr.io`, `*.example.com`. */
  readonly scopes: ReadonlyMap<string, Rule>;
  /** For images of registries that no scope names. */
  readonly fallback: Rule;
  /** For images of archives (`oci:`, `oci-archive:`, `docker-archive:`), by transport. */
  readonly archives: ReadonlyMap<string, Rule>;
}

/** What an image must fulfil: all of the requirements. */
export interface Rule {
  readonly place: SourcePosition;
  readonly requirements: readonly Requirement[];
}

export type Requirement =
  | { readonly kind: 'accept' | 'reject' }
  | SignedByKey
  | SignedByCertificate
  /** Of a policy.json: a requirement that kit does not check, and refuses. */
  | { readonly kind: 'unsupported'; readonly what: string };

/** A signature by one of these keys. */
export interface SignedByKey {
  readonly kind: 'key';
  readonly keys: readonly VerifyKey[];
  readonly identity: Identity;
}

/** A signature by a certificate of Fulcio, recorded in a transparency log. */
export interface SignedByCertificate {
  readonly kind: 'certificate';
  /** The OIDC issuer and the subject (e-mail or URI) that the certificate must name. */
  readonly issuer: string;
  readonly subject: string;
  /** Sigstore's trusted_root.json, and what messages call it. */
  readonly trustRoot: Buffer;
  readonly shownRoot: string;
  readonly identity: Identity;
}

/** Which name the signature must have (containers-policy.json(5), "signedIdentity"). */
export type Identity =
  | { readonly type: 'matchExact' | 'matchRepoDigestOrExact' | 'matchRepository' | 'any' }
  | { readonly type: 'exactReference' | 'exactRepository'; readonly name: string }
  | { readonly type: 'remapIdentity'; readonly prefix: string; readonly signedPrefix: string };
