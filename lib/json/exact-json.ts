/** Parts of JSON that TypeScript's library types lack; in Node since 21. */
const { parse, rawJSON } = JSON as unknown as {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): unknown;
};

/**
 * What a text has that holds an integer above 2^53. Other texts are left to JSON alone: its calls of a
 * function for each value take many times as long, and the specs of containers have hundreds of values.
 */
const largeNumber = /\d{16}|\de\+/;

/**
 * JSON.parse with exact integers: one that a JavaScript number cannot hold, such as an unlimited rlimit of an
 * OCI runtime spec (2^64-1), becomes a bigint. JSON.stringify refuses those, so that a rounded one is never
 * written by mistake: `exactJson` writes them.
 */
export function parseExactJson<T>(text: string): T {
  if (!largeNumber.test(text)) return JSON.parse(text) as T;
  return parse(text, (_key, value, { source = '' }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(source)
      ? BigInt(source)
      : value,
  ) as T;
}

/** JSON.stringify for values with bigints, and with all digits of large numbers. */
export function exactJson(value: unknown, indent?: number): string {
  const plain = plainJson(value, indent);
  if (plain !== undefined && !largeNumber.test(plain)) return plain;
  return JSON.stringify(
    value,
    (_key, held: unknown) => {
      // JSON.stringify has 9223372036854772000 for 2^63-4096, which a number holds exactly.
      const isLarge = typeof held === 'number' && Number.isInteger(held) && !Number.isSafeInteger(held);
      return typeof held === 'bigint' || isLarge ? rawJSON(String(BigInt(held))) : held;
    },
    indent,
  );
}

/** Undefined for a value with a bigint. */
function plainJson(value: unknown, indent: number | undefined): string | undefined {
  try {
    return JSON.stringify(value, null, indent);
  } catch {
    // What else is wrong with it, such as a cycle, the exact way finds again.
    return undefined;
  }
}
