import { closeSync, constants, openSync } from 'node:fs';
import { join } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import { stateDir } from '../../host/paths.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Holds one folder for each machine, named like the machine. */
export const machinesDir = (env: Env): string => join(stateDir(env), 'machines');

/** Files of a machine's folder that every backend has. Sockets end in `.sock`, logs in `.log`. */
export const machineFiles = {
  /** `MachineRecord`. */
  record: 'machine.json',
  /** `LaunchFile`: how the monitor starts the machine. */
  launch: 'launch.json',
  /** The same of its next boot, while an update is on its way. */
  nextLaunch: 'next-launch.json',
  /** Held by the command that updates the machine. */
  updateLock: 'update.lock',
  /** Files of images that came by updates, in folders named by their top layers. */
  images: 'images',
  /** The raw output of the guest's serial console. */
  console: 'console.log',
  /** The console itself, as bytes: what is written there is typed (build/monitor/console-server.ts). */
  consoleSocket: 'console.sock',
  /** Standard output and standard error of the monitor: empty, unless kit has a bug. */
  monitorLog: 'monitor.log',
  /** gRPC: the guest's Control service, and the monitor's own. */
  control: 'control.sock',
  /** The volume with the machine's metadata. */
  data: 'data.iso',
} as const;

/** The folder of one machine. @throws KitError for a name that is not a plain file name */
export function machineDir(env: Env, name: string): string {
  if (!machineName.test(name)) {
    throw new KitError(
      `Cannot use "${name}" as the name of a machine: only letters, digits, ".", "_" and "-" may be in it`,
      {
        exitCode: 2,
      },
    );
  }
  return join(machinesDir(env), name);
}

const machineName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

/** Turns any file name into a machine name that `machineDir` accepts. */
export function nameFrom(text: string): string {
  const plain = text.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '');
  return plain.slice(0, 50) || 'machine';
}

/** sun_path of a unix socket's address holds 108 bytes, the last of which is zero: unix(7). */
const maxSocketPath = 107;

/**
 * The path of a socket, short enough for its address however deep the folder lies: a long one leads through
 * /proc/self/fd. Call `close` once the socket is connected or bound.
 */
export function socketPath(dir: string, file: string): { readonly path: string; readonly close: () => void } {
  const plain = join(dir, file);
  if (Buffer.byteLength(plain) <= maxSocketPath) return { path: plain, close: () => {} };
  const fd = openSync(dir, constants.O_RDONLY | constants.O_DIRECTORY);
  return { path: `/proc/self/fd/${fd}/${file}`, close: () => closeSync(fd) };
}
