import { KitError, reasonOf } from '../../../lib/errors/errors.ts';
import type { LogsOptions } from '../../machine/logs/logs.ts';
import { parseSince } from '../../machine/logs/since.ts';
import type { JsonFlag } from './json.ts';

/** The flags of `kit logs`. */
export interface LogFlags extends JsonFlag {
  readonly follow?: boolean;
  readonly tail?: string;
  readonly since?: string;
  readonly grep?: string;
  readonly ignoreCase?: boolean;
  readonly all?: boolean;
  readonly console?: boolean;
  readonly time?: boolean;
}

/** @param services names; empty for all @throws KitError for an invalid number, time or regular expression */
export function logOptions(services: string[], flags: LogFlags): LogsOptions {
  const { follow = false, all = false, tail, since, grep, ignoreCase } = flags;
  const pattern = grep === undefined ? undefined : parsePattern(grep, ignoreCase === true);
  return {
    ...{ services, follow, all, tail: parseTail(tail) },
    sinceMs: since === undefined ? 0n : BigInt(parseSince(since, Date.now())),
    matches: pattern && (({ message }) => pattern.test(message)),
  };
}

/** 0: all lines. */
function parseTail(text: string | undefined): number {
  if (text === undefined) return 0;
  const lines = Number(text);
  if (Number.isInteger(lines) && lines > 0 && lines < 2 ** 32) return lines;
  throw new KitError(`Cannot show the last "${text}" lines: expected a number above 0`, { exitCode: 2 });
}

function parsePattern(text: string, ignoreCase: boolean): RegExp {
  try {
    return new RegExp(text, ignoreCase ? 'iu' : 'u');
  } catch (thrown) {
    const reason = reasonOf(thrown).replace(/^Invalid regular expression: /, '');
    throw new KitError(`Cannot search for "${text}": ${reason}`, { cause: thrown, exitCode: 2 });
  }
}
