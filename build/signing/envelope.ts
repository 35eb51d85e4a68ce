/** Dead Simple Signing Envelope v1 (secure-systems-lab/dsse, envelope.md). */
export interface Envelope {
  /** Base64. */
  readonly payload: string;
  readonly payloadType: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

/** The type of an in-toto statement in an envelope. */
export const statementType = 'application/vnd.in-toto+json';

/** protocol.md, "PAE": type and payload with their lengths, so that neither can be taken for the other. */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Buffer {
  const type = Buffer.from(payloadType);
  return Buffer.concat([
    Buffer.from('DSSEv1 '),
    lengthOf(type),
    type,
    Buffer.from(' '),
    lengthOf(payload),
    payload,
  ]);
}

const lengthOf = ({ length }: Uint8Array): Buffer => Buffer.from(`${length} `);
