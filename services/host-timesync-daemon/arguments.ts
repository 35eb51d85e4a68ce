import { KitError } from '../../lib/errors/errors.ts';
import { isVsockPort } from '../../lib/linux/net/vsock.ts';
import { goFlags } from '../../lib/service/go-flags.ts';
import { readArguments } from '../../lib/service/service.ts';

export interface Settings {
  /** Of vsock. */
  readonly port: number;
}

/** Reads LinuxKit's `-port PORT`, where Go takes 0xf3a4 as well. @throws KitError */
export function readSettings(args: readonly string[] = process.argv.slice(2)): Settings {
  const { port } = readArguments({ port: { type: 'string', default: '0xf3a4' } }, { args: goFlags(args) });
  const number = /^(?:\d{1,10}|0x[0-9a-f]{1,8})$/i.test(port) ? Number(port) : 0;
  if (isVsockPort(number)) return { port: number };
  throw new KitError(`Cannot listen on port "${port}" of vsock: not a number from 1 to 4294967294`, {
    exitCode: 2,
  });
}
