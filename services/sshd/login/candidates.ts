import type { LogFields } from '../../../lib/log/fields.ts';
import { fingerprint } from '../host-keys.ts';
import { authorityFault, type Certificate } from '../keys/certificate.ts';
import type { PublicKey } from '../keys/public-key.ts';
import { matchesNetworks, matchesPatterns } from './addresses.ts';
import type { AuthorizedKey } from './authorized-keys.ts';
import { certificateOptions } from './certificate-options.ts';
import { bothAllow, type KeyOptions } from './options.ts';

/** Somebody who may log in once they have signed. */
export interface Candidate {
  readonly key: PublicKey;
  readonly fingerprint: string;
  /** For the audit trail. */
  readonly about: LogFields;
  readonly permissions: KeyOptions;
}

/** A key that is authorised itself: by the first of its lines that has nothing against it. */
export function keyCandidate(
  blob: Buffer,
  address: string,
  keys: readonly AuthorizedKey[],
  parse: () => PublicKey,
): Candidate | string {
  const lines = keys.filter((key) => !key.options.authority && key.blob.equals(blob));
  return firstOf(lines, ({ type, comment, options }) => {
    const fault = optionsFault(options, address, Date.now());
    if (fault !== undefined) return fault;
    const about = { type, ...(comment !== '' && { comment }) };
    return { key: parse(), fingerprint: fingerprint(blob), about, permissions: options };
  });
}

export interface CertificateWorld {
  readonly user: string;
  readonly address: string;
  readonly nowMs: number;
  readonly keys: readonly AuthorizedKey[];
  /** Keys that are trusted without a line of authorized_keys. */
  readonly authorities: readonly AuthorizedKey[];
}

/** A certificate, by a line `cert-authority` or a trusted authority. */
export function certificateCandidate(certificate: Certificate, world: CertificateWorld): Candidate | string {
  const { keys, authorities } = world;
  const lines = [
    ...keys.filter(({ options }) => options.authority),
    // Nothing but the certificate itself restricts those.
    ...authorities.map((key) => ({ ...key, options: { ...key.options, touch: false } })),
  ].filter(({ blob }) => blob.equals(certificate.authority));
  if (lines.length === 0) return 'its authority is not known here';
  const fault = authorityFault(certificate) ?? validityFault(certificate, world.nowMs);
  if (fault !== undefined) return fault;
  return firstOf(lines, (line) => {
    const permissions = bothAllow(line.options, certificateOptions(certificate));
    const flaw =
      principalFault(certificate, line.options.principals ?? [world.user]) ??
      optionsFault(permissions, world.address, world.nowMs);
    return flaw ?? { key: certificate.key, ...nameOf(certificate), permissions };
  });
}

/** The first result that is no reason, or the last reason; '' without any. */
function firstOf<T, R>(items: readonly T[], attempt: (item: T) => R | string): R | string {
  let reason = '';
  for (const item of items) {
    const result = attempt(item);
    if (typeof result !== 'string') return result;
    reason = result;
  }
  return reason;
}

function nameOf({ type, keyBlob, id, serial, authority }: Certificate) {
  const about = { type, id, serial: String(serial), authority: fingerprint(authority) };
  return { fingerprint: fingerprint(keyBlob), about };
}

function validityFault({ kind, after, before }: Certificate, nowMs: number): string | undefined {
  const now = BigInt(Math.floor(nowMs / 1000));
  if (kind !== 'user') return 'a certificate of a host';
  if (now < after) return 'its certificate is not valid yet';
  return now >= before ? 'its certificate has expired' : undefined;
}

/** A certificate without principals would be one for everybody. */
function principalFault({ principals }: Certificate, wanted: readonly string[]): string | undefined {
  if (principals.some((principal) => wanted.includes(principal))) return undefined;
  return `its certificate is not for ${wanted.join(' or ')}`;
}

/** Why these options keep out somebody from this address, now. */
function optionsFault(options: KeyOptions, address: string, nowMs: number): string | undefined {
  const { fault, from, networks, expiresMs } = options;
  if (fault !== undefined) return fault;
  if (expiresMs !== undefined && nowMs >= expiresMs) return 'its option expiry-time is over';
  try {
    if (from !== undefined && !matchesPatterns(address, from)) return 'not from where its option from allows';
    if (networks !== undefined && !matchesNetworks(address, networks))
      return 'not from where its certificate allows';
  } catch (error) {
    if (error instanceof RangeError) return `its list of addresses: ${error.message}`;
    throw error;
  }
  return undefined;
}
