import { guestPaths } from '../../lib/bundle/bundle.ts';
import { goFlags } from '../../lib/service/go-flags.ts';
import { readArguments } from '../../lib/service/service.ts';

export interface Settings {
  /** The supervisor's socket. */
  readonly socket: string;
  /** Ours, for clients. */
  readonly socketQuery: string;
  /** Bytes of a message. */
  readonly maxLineLen: number;
}

/** Reads LinuxKit's `-socket-query PATH` and `-max-line-len BYTES`. @throws KitError */
export function readSettings(args: readonly string[] = process.argv.slice(2)): Settings {
  return readArguments(
    {
      socket: { type: 'string', default: guestPaths.readSocket },
      socketQuery: { type: 'string', default: '/run/memlogd/memlogdq.sock' },
      maxLineLen: { type: 'integer', min: 64, max: 65_536, default: 1024 },
    },
    { args: goFlags(args) },
  );
}
