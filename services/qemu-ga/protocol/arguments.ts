import { QapiError } from './qapi-error.ts';
import { quoted } from './request.ts';

/** Types of arguments of QAPI; with a question mark, it may be left out. */
export type ArgumentType = 'int' | 'int?' | 'str?' | 'strings?';
export type Shape = Readonly<Record<string, ArgumentType>>;

interface Values {
  readonly int: bigint;
  readonly 'int?': bigint | undefined;
  readonly 'str?': string | undefined;
  readonly 'strings?': readonly string[] | undefined;
}
export type Arguments<S extends Shape> = { readonly [name in keyof S]: Values[S[name]] };

/** The arguments of a command, checked. @throws QapiError as QEMU's own agent words it */
export function readArguments<S extends Shape>(
  shape: S,
  given: Readonly<Record<string, unknown>>,
): Arguments<S> {
  const stranger = Object.keys(given).find((name) => !Object.hasOwn(shape, name));
  if (stranger !== undefined) throw new QapiError(`Parameter ${quoted(stranger)} is unexpected`);
  const read = Object.entries(shape).map(([name, type]) => [name, argumentOf(name, type, given[name])]);
  return Object.fromEntries(read) as Arguments<S>;
}

function argumentOf(name: string, type: ArgumentType, value: unknown): Values[ArgumentType] {
  if (value === undefined) {
    if (type.endsWith('?')) return undefined;
    throw new QapiError(`Parameter '${name}' is missing`);
  }
  const kind = type.replace('?', '');
  const wrong = new QapiError(
    `Invalid parameter type for '${name}', expected: ${kind === 'int' ? 'integer' : kind === 'str' ? 'string' : 'array'}`,
  );
  if (kind === 'int') return integer(value, wrong);
  if (kind === 'str') {
    if (typeof value !== 'string') throw wrong;
    return value;
  }
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) throw wrong;
  return value as string[];
}

/** Integers of QAPI have 64 bits, with a sign. */
function integer(value: unknown, wrong: QapiError): bigint {
  const isWhole = typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value));
  if (!isWhole) throw wrong;
  const whole = BigInt(value);
  if (BigInt.asIntN(64, whole) !== whole) throw wrong;
  return whole;
}
