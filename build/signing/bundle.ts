import { type KeyObject, sign } from 'node:crypto';
import { KitError } from '../../lib/errors/errors.ts';
import type { JsonItem } from '../../lib/oci/json.ts';
import { base64Field } from './base64.ts';
import { type Envelope, preAuthEncoding, statementType } from './envelope.ts';
import { hintOf, isSignedBy, type VerifyKey } from './public-key.ts';
import {
  payloadLimit,
  type ReadStatement,
  readStatement,
  type Statement,
  statementBytes,
} from './statement.ts';
import { parseStrictJson } from './strict-json.ts';

/** Sigstore's bundle, version 0.3 (sigstore/protobuf-specs, sigstore_bundle.proto), as JSON. */
export const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json';

/** A bundle around this statement, which names the key by its hint. */
export function signBundle(statement: Statement, key: KeyObject): Buffer {
  const payload = statementBytes(statement);
  const signature = sign('sha256', preAuthEncoding(statementType, payload), { key, dsaEncoding: 'der' });
  const dsseEnvelope: Envelope = {
    payload: payload.toString('base64'),
    payloadType: statementType,
    signatures: [{ sig: signature.toString('base64'), keyid: '' }],
  };
  const verificationMaterial = { publicKey: { hint: hintOf(key) }, tlogEntries: [] };
  return Buffer.from(JSON.stringify({ mediaType: bundleType, verificationMaterial, dsseEnvelope }));
}

const mediaTypes: ReadonlySet<string> = new Set([
  ...[bundleType, 'application/vnd.dev.sigstore.bundle+json;version=0.3'],
  ...[
    'application/vnd.dev.sigstore.bundle+json;version=0.2',
    'application/vnd.dev.sigstore.bundle+json;version=0.1',
  ],
]);

export const isBundleType = (type: string): boolean => mediaTypes.has(type);

/** A bundle, none of which has been checked. */
export interface ReadBundle {
  readonly payload: Buffer;
  readonly signature: Buffer;
  /** How its signer is to be known: by a key, or by a certificate in it. */
  readonly signer: 'key' | 'certificate';
}

/** Bytes of a bundle: its payload in base64, and certificates. */
export const bundleLimit = Math.ceil((payloadLimit * 4) / 3) + (1 << 20);

/** @throws KitError for what is no bundle with one signature of an in-toto statement */
export function readBundle(bytes: Uint8Array, shown: string): ReadBundle {
  const root = parseStrictJson(bytes, shown, bundleLimit);
  const mediaType = root.field('mediaType');
  if (!mediaTypes.has(mediaType.text())) throw mediaType.wrong(`"${bundleType}"`);
  const envelope = root.optional('dsseEnvelope', (found) => found);
  // A library that verified the one would say nothing about the other.
  if (!envelope || root.optional('messageSignature', () => true)) {
    throw new KitError(`Cannot use "${shown}": it signs a message, not a statement about an image`);
  }
  const payloadType = envelope.field('payloadType');
  if (payloadType.text() !== statementType) throw payloadType.wrong(`"${statementType}"`);
  const signatures = envelope.field('signatures').list((one) => base64Field(one.field('sig')));
  const [signature] = signatures;
  if (!signature || signatures.length !== 1) {
    throw new KitError(`Cannot use "${shown}": it has ${signatures.length} signatures, expected one`);
  }
  return { payload: base64Field(envelope.field('payload')), signature, signer: signerOf(root, shown) };
}

function signerOf(root: JsonItem, shown: string): 'key' | 'certificate' {
  const material = root.field('verificationMaterial');
  const [key, certificate, chain] = (['publicKey', 'certificate', 'x509CertificateChain'] as const).map(
    (name) => material.optional(name, () => true),
  );
  if (key && !certificate && !chain) return 'key';
  if (!key && (certificate || chain)) return 'certificate';
  throw new KitError(`Cannot use "${shown}": it names neither a key nor a certificate, or both`);
}

/** The statement of a bundle that one of the keys has signed. @throws KitError for any other bundle */
export function openBundle(bytes: Uint8Array, keys: readonly VerifyKey[], shown: string): ReadStatement {
  const { payload, signature, signer } = readBundle(bytes, shown);
  if (signer !== 'key')
    throw new KitError(`Cannot use "${shown}": it is signed by a certificate, not by a key`);
  const signed = preAuthEncoding(statementType, payload);
  if (!keys.some((key) => isSignedBy(key, signed, signature))) {
    throw new KitError(`Cannot use "${shown}": it is not signed by ${keysText(keys)}`);
  }
  return readStatement(payload, shown);
}

/** `key "a.pub"`, `any of the keys "a.pub", "b.pub"` */
export function keysText(keys: readonly VerifyKey[]): string {
  const names = keys.map(({ shown }) => `"${shown}"`).join(', ');
  return keys.length === 1 ? `key ${names}` : `any of the keys ${names}`;
}
