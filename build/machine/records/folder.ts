import { closeSync, constants, openSync } from 'node:fs';
import { join } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import { stateDir } from '../../host/paths.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Holds one folder for each machine, named as the machine. */
export const machinesDir = (env: Env): string => join(stateDir(env), 'machines');

/** What lies in a machine's folder. */
export const machineFiles = {
  /** `MachineRecord`. */
  record: 'machine.json',
  /** `Launch`: what the monitor runs. */
  launch: 'launch.json',
  /** What the guest wrote to its serial console, as it came. */
  console: 'console.log',
  /** What QEMU had to say. */
  qemuLog: 'qemu.log',
  /** What the programs around a container had to say. */
  containerLog: 'container.log',
  /** What the monitor had to say: nothing, unless kit has a bug. */
  monitorLog: 'monitor.log',
  /** gRPC: the guest's Control service, and the monitor's own. */
  control: 'control.sock',
  /** QEMU's end of the guest's virtio-serial port. The monitor holds its only connection. */
  port: 'port.sock',
  data: 'data.iso',
  /** What the UEFI firmware remembers. */
  vars: 'efi-vars.fd',
  /** A folder that QEMU shows to the firmware as a FAT disk. */
  esp: 'esp',
  /** An empty folder, where a container's root file system is put together, seen by nobody else. */
  root: 'root',
} as const;

/** The folder of one machine. Refuses names that are no plain file name, since they come from people. */
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

/** A name that `machineDir` takes, made of any file name. */
export function nameFrom(text: string): string {
  const plain = text.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '');
  return plain.slice(0, 50) || 'machine';
}

/** sun_path of a unix socket's address holds 108 bytes, the last of which is zero: unix(7). */
const maxSocketPath = 107;

/**
 * A path of a socket that fits into its address, however deep the folder lies: through /proc/self/fd when the
 * plain one does not. `close` once the socket is connected or bound.
 */
export function socketPath(dir: string, file: string): { readonly path: string; readonly close: () => void } {
  const plain = join(dir, file);
  if (Buffer.byteLength(plain) <= maxSocketPath) return { path: plain, close: () => {} };
  const fd = openSync(dir, constants.O_RDONLY | constants.O_DIRECTORY);
  return { path: `/proc/self/fd/${fd}/${file}`, close: () => closeSync(fd) };
}
