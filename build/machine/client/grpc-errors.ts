import { type ServiceError, status } from '@grpc/grpc-js';
import { reasonOf } from '../../../lib/errors/errors.ts';

/**
 * Whether there was no answer from the guest or the monitor, as opposed to an error that one of them
 * returned.
 */
export function isUnavailable(thrown: unknown): boolean {
  const code = grpcCode(thrown);
  return code === status.UNAVAILABLE || code === status.DEADLINE_EXCEEDED || code === status.CANCELLED;
}

/** Whether the client lacks the role that the call requires. */
export const isNotAllowed = (thrown: unknown): boolean => grpcCode(thrown) === status.PERMISSION_DENIED;

/** Whether the connection in the machine was reset, while the tunnel itself works. */
export const isReset = (thrown: unknown): boolean => grpcCode(thrown) === status.ABORTED;

/** The message of a gRPC error, without `14 UNAVAILABLE:` before it. */
export function grpcReason(thrown: unknown): string {
  if (grpcCode(thrown) === status.DEADLINE_EXCEEDED) return 'it did not answer in time';
  const details = (thrown as Partial<ServiceError>).details;
  return typeof details === 'string' && details !== '' ? unwrapped(details) : reasonOf(thrown);
}

/** Unwraps grpc-js's message about a connection that it could not make. */
const unwrapped = (details: string): string =>
  /^No connection established\. Last error: (?:Error: )?(.*?)\.? Resolution note: /s.exec(details)?.[1] ??
  details;

function grpcCode(thrown: unknown): number | undefined {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'number' ? code : undefined;
}
