import { type ServiceError, status } from '@grpc/grpc-js';
import { reasonOf } from '../../../lib/errors/errors.ts';

/** A negative answer to a call: a gRPC status and one sentence. */
export type Refusal = Pick<ServiceError, 'code' | 'details'> & Error;

/**
 * In characters. The sentence may quote the client's own input, and is sent in a header, which peers limit to
 * some kB.
 */
const maxDetails = 1000;

/** `sentence` is shown on terminals: control characters are escaped. */
export function refusal(code: status, sentence: string): Refusal {
  const short = sentence.length > maxDetails ? `${sentence.slice(0, maxDetails)}…` : sentence;
  const details = short.toWellFormed().replace(/\p{Cc}/gu, escaped);
  return Object.assign(new Error(details), { code, details });
}

const escaped = (control: string): string => `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`;

/** What a call that has thrown answers: the refusal it threw, or the reason of the error under `code`. */
export function toRefusal(thrown: unknown, code: status = status.INTERNAL): Refusal {
  return isRefusal(thrown) ? thrown : refusal(code, reasonOf(thrown));
}

export function isRefusal(thrown: unknown): thrown is Refusal {
  return thrown instanceof Error && 'code' in thrown && 'details' in thrown;
}
