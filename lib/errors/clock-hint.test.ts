import { expect, test } from 'vitest';
import { clockHint } from './clock-hint.ts';

test('names the time for what is judged by it, and says nothing of other failures', () => {
  const error = Object.assign(new Error('certificate is not yet valid'), { code: 'CERT_NOT_YET_VALID' });
  const hint = 'the clock of this machine says 2001-01-01T00:00:00Z; if that is wrong, so is this judgement';
  expect(clockHint(error, Date.UTC(2001))).toBe(hint);
  expect(clockHint('CERT_HAS_EXPIRED', Date.UTC(2001))).toBe(hint);
  expect(clockHint('SELF_SIGNED_CERT_IN_CHAIN')).toBeUndefined();
  expect(clockHint(new Error('other'))).toBeUndefined();
});
