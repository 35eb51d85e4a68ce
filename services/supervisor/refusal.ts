import type { ServiceError, status } from '@grpc/grpc-js';

/** An answer that says no: a gRPC status, and one sentence. */
export type Refusal = Pick<ServiceError, 'code' | 'details'> & Error;

export function refusal(code: status, details: string): Refusal {
  return Object.assign(new Error(details), { code, details });
}

export function isRefusal(thrown: unknown): thrown is Refusal {
  return thrown instanceof Error && 'code' in thrown && 'details' in thrown;
}
