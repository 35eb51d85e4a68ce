import { codeOf } from './errors.ts';

/** Codes of OpenSSL for what is judged by the clock of whoever verifies. */
const judgedByClock = new Set([
  'CERT_NOT_YET_VALID',
  'CERT_HAS_EXPIRED',
  'CRL_NOT_YET_VALID',
  'CRL_HAS_EXPIRED',
]);

/**
 * What to tell people about a TLS connection that failed by a time: with a clock that is wrong every
 * certificate is invalid. Undefined for other failures. @param failure an error, or the code of one
 */
export function clockHint(failure: unknown, now = Date.now()): string | undefined {
  const code = typeof failure === 'string' ? failure : codeOf(failure);
  if (code === undefined || !judgedByClock.has(code)) return undefined;
  const time = new Date(now).toISOString().replace(/\.\d+Z$/, 'Z');
  return `the clock of this machine says ${time}; if that is wrong, so is this judgement`;
}

/** A reason, with what `clockHint` says of its cause behind it. */
export function withClockHint(reason: string, failure: unknown): string {
  const hint = clockHint(failure);
  return hint === undefined ? reason : `${reason} (${hint})`;
}
