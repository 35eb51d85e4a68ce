import type { KeyPath } from '../../manifest/check.ts';
import type { EffectiveEntry } from '../effective-entry.ts';
import type { Refusal, Subject } from './demand.ts';

/** MAX_ARG_STRLEN of linux/binfmts.h, with the byte that ends a string. */
const longestString = 131_072;
/** __NEW_UTS_LEN of linux/utsname.h */
const longestHostName = 64;

/** Program, environment and host name: execve(2), sethostname(2). */
export function processDemands({ entry }: Subject): Refusal[] {
  return [...nulBytes(entry, []), ...ofCommand(entry), ...ofEnv(entry), ...ofHostName(entry)];
}

/** To the kernel, a string ends there: crun would silently use a part of it. */
function nulBytes(value: unknown, path: KeyPath): Refusal[] {
  if (typeof value === 'string')
    return value.includes('\0') ? [[path, 'a NUL character would end the text there']] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, held]) =>
    nulBytes(held, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function ofCommand({ command }: EffectiveEntry): Refusal[] {
  const [program] = command;
  const empty: Refusal[] = program === '' ? [[['command', 0], 'the name of the program is empty']] : [];
  return [...empty, ...tooLong(command, 'command')];
}

function ofEnv({ env }: EffectiveEntry): Refusal[] {
  const odd = env.flatMap((pair, at): Refusal[] =>
    /^[^=]+=/.test(pair)
      ? []
      : [[['env', at], `"${pair}" is not NAME=value`, pair === '' ? undefined : `env: ["${pair}=…"]`]],
  );
  return [...odd, ...tooLong(env, 'env')];
}

const tooLong = (texts: readonly string[], field: string): Refusal[] =>
  texts.flatMap((text, at): Refusal[] => {
    const bytes = Buffer.byteLength(text);
    if (bytes < longestString) return [];
    const most = `the kernel passes at most ${longestString - 1} to a program`;
    return [[[field, at], `the text has ${bytes} bytes: ${most}`, 'put it into a file, with `files:`']];
  });

function ofHostName({ hostname, uts }: EffectiveEntry): Refusal[] {
  if (!hostname) return [];
  const bytes = Buffer.byteLength(hostname);
  if (bytes > longestHostName)
    return [[['hostname'], `the host name has ${bytes} bytes: the kernel allows ${longestHostName}`]];
  if (uts !== 'root' && uts !== 'host') return [];
  return [[['hostname'], `"hostname" needs a UTS namespace of its own, and uts is "${uts}"`, 'uts: new']];
}
