import { codeOf, reasonOf } from '../../lib/errors/errors.ts';

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the host name cannot be looked up now',
  ETIMEDOUT: 'it does not answer',
};

/** Why a connection failed, for people: `connection refused`. */
export function connectionReason(thrown: unknown): string {
  return reasons[codeOf(thrown) ?? ''] ?? reasonOf(thrown);
}

const temporaryCodes = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENETUNREACH', 'HPE_INVALID_EOF_STATE']);

/**
 * Whether another attempt may succeed. A refused connection or an unknown host is not temporary: it rarely
 * changes within seconds.
 */
export const isTemporary = (thrown: unknown): boolean => temporaryCodes.has(codeOf(thrown) ?? '');

/** Statuses after which another attempt may succeed. */
export const temporaryStatus = new Set([408, 425, 429, 500, 502, 503, 504]);
