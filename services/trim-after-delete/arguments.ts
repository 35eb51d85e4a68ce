import { goFlags } from '../../lib/service/go-flags.ts';
import { KitError, readArguments } from '../../lib/service/service.ts';

export interface TrimSettings {
  /** Most milliseconds from the deletion of an image to the program. */
  readonly delayMs: number;
  /** The program and its arguments: `['/sbin/fstrim', '/var/lib/docker']` */
  readonly program: readonly [file: string, ...args: string[]];
  /** Of Docker. */
  readonly socket: string;
}

/**
 * Reads `trim-after-delete [-delay 10s] [-socket /var/run/docker.sock] -- PROGRAM...`: LinuxKit's arguments,
 * and the socket. @throws KitError on anything else
 */
export function readSettings(args: readonly string[] = process.argv.slice(2)): TrimSettings {
  const { delay, socket, program } = readArguments(
    {
      delay: { type: 'string', default: '10s' },
      socket: { type: 'string', default: '/var/run/docker.sock' },
      program: { type: 'string', multiple: true, positional: true },
    },
    { args: goFlags(args) },
  );
  const [file = '/sbin/fstrim', ...rest] = program.length > 0 ? program : ['/sbin/fstrim', '/var/lib/docker'];
  return { delayMs: milliseconds(delay), program: [file, ...rest], socket };
}

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Durations of Go, as far as anybody writes them here: `10s`, `1m30s`, `500ms`. At most a day. */
function milliseconds(text: string): number {
  const parts = [...text.matchAll(/(\d{1,6})(ms|s|m|h)/gy)];
  const total = parts.reduce(
    (sum, [, digits, unit]) => sum + Number(digits) * units[unit as keyof typeof units],
    0,
  );
  if (parts.map(([part]) => part).join('') === text && text !== '' && total <= 24 * units.h) return total;
  throw new KitError(`Cannot use -delay "${text}": it is no duration of up to 24h`, {
    hint: 'such as 10s, 1m30s, 500ms',
    exitCode: 2,
  });
}
