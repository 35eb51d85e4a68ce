import type { Digest } from '../../lib/oci/types.ts';
import { parseStrictJson } from './strict-json.ts';

/** An in-toto statement about one thing (in-toto attestation framework, spec/v1/statement.md). */
export interface Statement {
  /** Absent where the statement names nothing, as those of cosign. */
  readonly name: string | undefined;
  readonly digest: Digest;
  readonly predicateType: string;
  /** The JSON of the predicate. */
  readonly predicate: object;
}

/** The predicate of a signature: its signer stands for the image, and says nothing more about it. */
export const signaturePredicate = 'https://sigstore.dev/cosign/sign/v1';

const types = ['https://in-toto.io/Statement/v1', 'https://in-toto.io/Statement/v0.1'] as const;

export function statementBytes({ name, digest, predicateType, predicate }: Statement): Buffer {
  const [, sha256 = ''] = digest.split(':');
  const subject = [{ ...(name !== undefined && { name }), digest: { sha256 } }];
  return Buffer.from(JSON.stringify({ _type: types[0], subject, predicateType, predicate }));
}

/** What a statement says, and the subjects that it says it of. */
export interface ReadStatement {
  readonly subjects: readonly { readonly name: string | undefined; readonly sha256: string | undefined }[];
  readonly predicateType: string;
  /** The JSON that it was read from, which has the predicate. */
  readonly payload: Uint8Array;
}

/** Bytes of an envelope's payload; bills of materials have a few megabytes. */
export const payloadLimit = 16 << 20;

/** @throws KitError for what is no statement */
export function readStatement(payload: Uint8Array, shown: string): ReadStatement {
  const root = parseStrictJson(payload, shown, payloadLimit);
  const type = root.field('_type');
  if (!types.some((one) => one === type.text())) throw type.wrong(`"${types[0]}"`);
  const subjects = root.field('subject').list((subject) => ({
    name: subject.optional('name', (name) => name.text()) || undefined,
    sha256: subject.field('digest').optional('sha256', (digest) => digest.text()),
  }));
  return { subjects, predicateType: root.field('predicateType').text(), payload };
}

/** The predicate of a statement: JSON, unchecked; undefined where there is none. */
export const predicateIn = ({ payload }: Pick<ReadStatement, 'payload'>): unknown =>
  (JSON.parse(Buffer.from(payload).toString()) as { readonly predicate?: unknown }).predicate;
