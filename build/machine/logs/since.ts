import { KitError } from '../../../lib/errors/errors.ts';

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const duration = /^(?:\d+(?:\.\d+)?(?:ms|[smhd]))+$/;
/** RFC 3339, section 5.6. */
const time = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/**
 * `10m`, `1h30m` (ago), `2026-01-01T12:00:00Z`: as milliseconds since the epoch. @throws KitError
 */
export function parseSince(text: string, nowMs: number): number {
  const ms = duration.test(text) ? nowMs - durationMs(text) : time.test(text) ? Date.parse(text) : Number.NaN;
  // Date.parse returns NaN for days that do not exist.
  if (Number.isFinite(ms)) return Math.max(0, Math.round(ms));
  throw new KitError(`Cannot show lines since "${text}": expected a duration or a time`, {
    hint: '10m, 1h30m or 2026-01-31T12:00:00Z',
    exitCode: 2,
  });
}

function durationMs(text: string): number {
  const parts = text.matchAll(/([\d.]+)(ms|[smhd])/g);
  return [...parts].reduce((sum, [, count, unit = '']) => sum + Number(count) * (unitMs[unit] ?? 0), 0);
}
