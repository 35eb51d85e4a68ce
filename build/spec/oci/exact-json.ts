/** Parts of JSON that TypeScript's library types lack; in Node since 21. */
const { parse, rawJSON } = JSON as unknown as {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): unknown;
};

/**
 * JSON.parse for a value that is written again with JSON.stringify: numbers that JavaScript cannot hold, such
 * as the unlimited rlimits of an OCI runtime spec (2^64-1), keep their digits.
 */
export function parseExactly<T>(text: string): T {
  return parse(text, (_key, value, { source = '' }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) ? rawJSON(source) : value,
  ) as T;
}
