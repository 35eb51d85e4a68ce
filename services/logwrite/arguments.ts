import { parseArgs } from 'node:util';
import { guestPaths } from '../../lib/bundle/bundle.ts';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import type { RotationLimits } from './rotating-file.ts';

export interface Settings {
  /** The supervisor's control socket. */
  readonly socket: string;
  readonly logDir: string;
  /** Folder of the progress file; on a tmpfs, since progress means nothing after a reboot. */
  readonly stateDir: string;
  readonly limits: RotationLimits;
}

/**
 * Reads `logwrite [-socket PATH] [-log-dir FOLDER] [-max-log-size BYTES] [-max-log-files N]`: LinuxKit's
 * flags and defaults, with one dash or two.
 * @throws KitError on anything else.
 */
export function readArguments(args: readonly string[]): Settings {
  const values = parse(args);
  return {
    socket: values.socket,
    logDir: values['log-dir'],
    stateDir: values['state-dir'],
    limits: {
      size: whole('max-log-size', values['max-log-size'], 4096, 2 ** 40),
      files: whole('max-log-files', values['max-log-files'], 1, 1000),
    },
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      // Go's flags have one dash, which parseArgs would read as a group of short options.
      args: args.map((arg) => arg.replace(/^-(?=[a-z]{2})/, '--')),
      options: {
        socket: { type: 'string', default: guestPaths.readSocket },
        'log-dir': { type: 'string', default: '/var/log' },
        'state-dir': { type: 'string', default: '/run/logwrite' },
        'max-log-size': { type: 'string', default: String(1024 * 1024) },
        'max-log-files': { type: 'string', default: '10' },
      },
    }).values;
  } catch (error) {
    throw new KitError(`Cannot read the arguments of logwrite: ${reasonOf(error)}`, { exitCode: 2 });
  }
}

function whole(name: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (/^\d{1,15}$/.test(text) && number >= least && number <= most) return number;
  throw new KitError(`Cannot use --${name} "${text}": not a whole number from ${least} to ${most}`, {
    exitCode: 2,
  });
}
