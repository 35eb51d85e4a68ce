import type { ServiceError, status } from '@grpc/grpc-js';

/** An answer that says no: a gRPC status, and one sentence. */
export type Refusal = Pick<ServiceError, 'code' | 'details'> & Error;

/** A client's own words may be in the sentence. It goes into a header, of which its peer takes some kilobytes, and to a terminal. */
const maxDetails = 1000;

export function refusal(code: status, sentence: string): Refusal {
  const short = sentence.length > maxDetails ? `${sentence.slice(0, maxDetails)}…` : sentence;
  const details = short.toWellFormed().replace(/\p{Cc}/gu, shown);
  return Object.assign(new Error(details), { code, details });
}

const shown = (control: string): string => `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`;

export function isRefusal(thrown: unknown): thrown is Refusal {
  return thrown instanceof Error && 'code' in thrown && 'details' in thrown;
}
