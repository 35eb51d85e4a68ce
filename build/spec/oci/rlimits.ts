/** A limit of setrlimit(2). */
export interface ResourceLimit {
  /** Without the prefix `RLIMIT_`, in upper case: `NOFILE`. */
  readonly name: string;
  readonly soft: bigint;
  readonly hard: bigint;
}

/** RLIM_INFINITY */
export const unlimited = 2n ** 64n - 1n;

/** An item of `rlimits:`, `name,soft,hard`: the format was checked by the field table. */
export function parseRlimit(text: string): ResourceLimit {
  const [name = '', soft = '', hard = ''] = text.split(',');
  return { name: name.toUpperCase().replace(/^RLIMIT_/, ''), soft: limitValue(soft), hard: limitValue(hard) };
}

const limitValue = (text: string): bigint => (text.toLowerCase() === 'unlimited' ? unlimited : BigInt(text));

/** A limit in the words of the manifest. */
export const limitText = (limit: bigint): string => (limit === unlimited ? 'unlimited' : String(limit));
