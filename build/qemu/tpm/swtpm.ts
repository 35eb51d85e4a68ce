import { join } from 'node:path';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import type { RunRequest } from '../../backend/request/request.ts';
import { debianSource } from '../../debian/source.ts';
import { dataFile } from '../../host/paths.ts';
import { toolCommand } from '../../tools/command.ts';
import { debianTree, type Tools } from '../../tools/tree.ts';
import type { Work } from '../../work.ts';
import { qemuFiles } from '../files.ts';
import type { TpmLaunch } from '../launch.ts';
import { tpmDescriptor } from './start-tpm.ts';

/** Fetched when the first machine with a TPM is run. */
const source = debianSource({
  packages: ['swtpm'],
  // Without the command of OpenSSL.
  keep: ['gcc-14-base', 'lib*', 'swtpm*', 'zlib1g'],
});

export const swtpmTools = (work: Work): Promise<Tools> =>
  debianTree('emulator of TPMs', source, dataFile('build/qemu/tpm/swtpm.lock.json'), work);

/** The machine's TPM, with its state in the machine's own folder, or in that of `--state`. */
export async function planTpm(
  { state, disks }: Pick<RunRequest, 'state' | 'disks'>,
  dir: string,
  work: Work,
): Promise<TpmLaunch> {
  const outlives = disks.find(({ path }) => path !== undefined);
  // It has the keys of disks.
  if (state === undefined && outlives)
    work.progress.line(`The TPM ends with the machine, and "${outlives.path}" does not: --state keeps it`);
  const folder = join(state ?? dir, qemuFiles.tpm);
  makeFolder(folder, 0o700);
  return tpmLaunch(folder, work);
}

/** swtpm, which emulates a TPM 2.0. @param folder of the TPM's state; it is there */
export async function tpmLaunch(folder: string, work: Work): Promise<TpmLaunch> {
  const args = ['--tpm2', '--tpmstate', 'dir=.,mode=0600', '--ctrl', `type=unixio,clientfd=${tpmDescriptor}`];
  return {
    command: toolCommand(await swtpmTools(work), 'swtpm', ['socket', ...args, '--terminate']),
    folder,
  };
}
