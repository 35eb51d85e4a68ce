import type { ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { join } from 'node:path';
import { exitOf, startBound } from '../bound/start-bound.ts';
import { qemuFiles } from '../files.ts';
import type { TpmLaunch } from '../launch.ts';

/** The emulator's end of the socket to QEMU. */
export const tpmDescriptor = 3;

export interface Tpm {
  /** For QEMU. */
  readonly socket: number;
  /** To be called once QEMU has ended: resolves when the emulator has, too. */
  readonly end: () => Promise<void>;
}

/** The emulator ends when nobody has the other end of its socket; it has this long before it is killed. */
const endMs = 2000;

/** Starts the TPM; its output is in the machine's qemu.log. The kernel kills it when this process ends. */
export async function startTpm({ command, folder }: TpmLaunch, dir: string): Promise<Tpm> {
  // Commands other than the monitor load this file, too, and start faster without system calls.
  const { socketPairDescriptors } = await import('../../../lib/linux/net/socket-pair.ts');
  const [theirs, socket] = socketPairDescriptors(true);
  const log = join(dir, qemuFiles.log);
  let child: ChildProcess;
  try {
    child = startBound(command, { cwd: folder, log, descriptors: [theirs] });
  } catch (thrown) {
    closeSync(socket);
    throw thrown;
  } finally {
    closeSync(theirs);
  }
  const exited = exitOf(child);
  return {
    socket,
    end: async () => {
      closeSync(socket);
      const timer = setTimeout(() => child.kill('SIGKILL'), endMs);
      await exited;
      clearTimeout(timer);
    },
  };
}
