import { type ServiceError, status } from '@grpc/grpc-js';
import { reasonOf } from '../../../lib/errors/errors.ts';
import { visible } from '../../../lib/errors/visible.ts';

/** The failure of a call: a gRPC status code and one sentence. */
export type RpcError = Pick<ServiceError, 'code' | 'details'> & Error;

/**
 * In characters. The sentence may quote the client's own input, and is sent in a header, which peers limit to
 * some kB.
 */
const maxDetails = 1000;

/** `sentence` is shown on terminals: control characters are escaped. */
export function rpcError(code: status, sentence: string): RpcError {
  const short = sentence.length > maxDetails ? `${sentence.slice(0, maxDetails)}…` : sentence;
  const details = visible(short.toWellFormed()).replaceAll('\t', ' ');
  return Object.assign(new Error(details), { code, details });
}

/** The error for a call that threw: the RpcError itself, or `code` with the reason of any other error. */
export function toRpcError(thrown: unknown, code: status = status.INTERNAL): RpcError {
  return isRpcError(thrown) ? thrown : rpcError(code, reasonOf(thrown));
}

export function isRpcError(thrown: unknown): thrown is RpcError {
  return thrown instanceof Error && 'code' in thrown && 'details' in thrown;
}
