const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** 24 days: a timer of more would end at once. */
const mostMs = 2 ** 31 - 1;

/** `500ms`, `10s`, `2m`, `1h`: the format was checked by the field table. */
export function milliseconds(text: string): number {
  const [, count = '0', unit = 's'] = /^(\d+)(ms|s|m|h)$/.exec(text) ?? [];
  return Math.min(Number(count) * (units[unit] ?? 1000), mostMs);
}
