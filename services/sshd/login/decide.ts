import { MalformedPacket } from '../encoding.ts';
import { fingerprint } from '../host-keys.ts';
import { type Algorithm, algorithms } from '../keys/algorithms.ts';
import { parseCertificate } from '../keys/certificate.ts';
import { isShort, type PublicKey, parsePublicKey } from '../keys/public-key.ts';
import { type Verified, verifySignature } from '../keys/signature.ts';
import type { Log } from '../log.ts';
import { readAuthorizedKeys } from './authorized-files.ts';
import type { AuthorizedKey } from './authorized-keys.ts';
import { type Candidate, certificateCandidate, keyCandidate } from './candidates.ts';
import type { KeyOptions } from './options.ts';

export interface LoginSettings {
  readonly user: string;
  readonly authorizedKeys: readonly string[];
  /** Files with keys that sign certificates of users; read again at each login, like the others. */
  readonly trustedUserCa: readonly string[];
}

/** A request to log in (RFC 4252 section 5). */
export interface LoginRequest {
  readonly user: string;
  readonly method: string;
  /** Of the method publickey. */
  readonly offer: KeyOffer | undefined;
}

/** A key that the client offers to sign with, or has signed with (RFC 4252 section 7). */
export interface KeyOffer {
  readonly algorithm: string;
  /** Of the key, or of a certificate. */
  readonly blob: Buffer;
  readonly signature: Buffer | undefined;
  /** What the signature must be of. */
  readonly signed: Buffer;
}

/** The result of one request. `query`: the key would be accepted, but the client has not signed yet. */
export type Decision =
  | { readonly kind: 'accept' | 'query'; readonly identity: Candidate }
  | { readonly kind: 'refuse'; readonly reason: string }
  /** The client's first request, `none`, which lists the methods. */
  | { readonly kind: 'list-methods' };

/** Decides one request from this address; the only method is publickey. */
export function decide(request: LoginRequest, address: string, settings: LoginSettings, log: Log): Decision {
  const { user, method, offer } = request;
  if (method === 'none') return { kind: 'list-methods' };
  if (!offer) return refuse(`method ${method.slice(0, 64)}`);
  // Before the name, so that the time of an answer does not tell whether the user exists.
  const keys = readAuthorizedKeys(settings.authorizedKeys, log);
  const authorities = readAuthorizedKeys(settings.trustedUserCa, log);
  const name = nameOf(offer);
  if (user !== settings.user) return refuse(name);
  const algorithm = algorithms.get(offer.algorithm);
  if (!algorithm) return refuse(`${name} (${unknownAlgorithm(offer.algorithm)})`);
  try {
    const identity = candidate(offer, algorithm, { user, address, keys, authorities });
    if (typeof identity === 'string') return refuse(identity === '' ? name : `${name} (${identity})`);
    if (!offer.signature) return { kind: 'query', identity };
    const verified = verifySignature(identity.key, offer.signed, offer.signature, [algorithm.signature]);
    const flaw = verified ? personFault(verified, identity.permissions) : 'wrong signature';
    return flaw === undefined ? { kind: 'accept', identity } : refuse(`${name} (${flaw})`);
  } catch (error) {
    if (error instanceof MalformedPacket) return refuse(`${name} (${error.message})`);
    throw error;
  }
}

function refuse(reason: string): Decision {
  return { kind: 'refuse', reason };
}

/** The type of the key, and the fingerprint of what was offered. */
function nameOf({ algorithm, blob }: KeyOffer): string {
  const { certificateType, keyType } = algorithms.get(algorithm) ?? {};
  return `${certificateType ?? keyType ?? algorithm.slice(0, 64)} ${fingerprint(blob)}`;
}

/** `ssh-rsa` is the name of a SHA-1 signature as well as that of RSA keys. */
function unknownAlgorithm(name: string): string {
  return name === 'ssh-rsa' || name === 'ssh-rsa-cert-v01@openssh.com'
    ? 'SHA-1 signature: the client does not know rsa-sha2-256'
    : 'unknown key type';
}

interface World {
  readonly user: string;
  readonly address: string;
  readonly keys: readonly AuthorizedKey[];
  readonly authorities: readonly AuthorizedKey[];
}

/** What the offer would log in as, or why not; '': nobody has authorised it. */
function candidate({ blob }: KeyOffer, algorithm: Algorithm, world: World): Candidate | string {
  const { user, address, keys, authorities } = world;
  const { keyType, certificateType } = algorithm;
  if (certificateType === undefined) {
    const found = keyCandidate(blob, address, keys, () => sound(parsePublicKey(blob), keyType));
    return found;
  }
  const certificate = parseCertificate(blob);
  if (certificate.type !== certificateType) throw new MalformedPacket('not a certificate of its type');
  sound(certificate.key, keyType);
  return certificateCandidate(certificate, { user, address, nowMs: Date.now(), keys, authorities });
}

/** @throws MalformedPacket when the key may not log in, whoever has authorised it */
function sound(key: PublicKey, type: string): PublicKey {
  if (key.type !== type) throw new MalformedPacket('not a key of its type');
  if (isShort(key)) throw new MalformedPacket('fewer than 2048 bits');
  return key;
}

/** Why a signature is not enough: what a FIDO key says of the person. */
function personFault({ person }: Verified, { touch, verify }: KeyOptions): string | undefined {
  if (verify && !person?.verified)
    return 'its person was not verified, which its option verify-required demands';
  return touch && person && !person.touched ? 'it was not touched' : undefined;
}
