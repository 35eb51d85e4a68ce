import { join } from 'node:path';
import { KitError } from '../../../../lib/errors/errors.ts';
import { makeFolder } from '../../../../lib/files/make-folder.ts';
import { ProgramError, runProgram } from '../../../host/program.ts';
import { toolCommand } from '../../../tools/command.ts';
import type { Work } from '../../../work.ts';
import { sandboxScript } from './sandbox-script.ts';
import type { Toolchain } from './toolchain.ts';

/**
 * Runs a script of a package where it can do no harm: in namespaces of its own, without network, without
 * capabilities, on a root file system of the tool chain in which nothing but `/build` and `/tmp` can be
 * written to.
 * @param build folder that is `/build` there @param scratch empty folder for mounts
 * @throws ProgramError when the script fails
 */
export async function runSandboxed(
  script: string,
  { tools, node, gyp }: Toolchain,
  { build, scratch }: { readonly build: string; readonly scratch: string },
  work: Work,
): Promise<void> {
  const root = join(scratch, 'root');
  makeFolder(root);
  const unshare = toolCommand(tools, 'unshare', namespaces);
  const busybox = join(tools.dir, 'usr/bin/busybox');
  const setup = [busybox, 'sh', '-c', sandboxScript, 'sandbox', root, tools.dir, node, gyp, build, busybox];
  const options = { signal: work.signal, env: unshare.env, alone: true, cwd: scratch, input: script };
  await runProgram(unshare.file, [...unshare.args, ...setup], options).catch((thrown: unknown) => {
    throw thrown instanceof ProgramError && /unshare|write failed \/proc\/self/.test(thrown.stderr)
      ? refused(thrown)
      : thrown;
  });
}

const namespaces = [
  ...['--user', '--map-root-user', '--mount', '--net', '--pid', '--ipc', '--uts', '--cgroup'],
  ...['--fork', '--kill-child'],
];

function refused(cause: ProgramError): KitError {
  const why = cause.stderr.trim().split('\n')[0] ?? '';
  return new KitError(`Cannot compile apart from this machine: user namespaces are refused here (${why})`, {
    cause,
    hint: 'sysctl kernel.unprivileged_userns_clone=1, or kernel.apparmor_restrict_unprivileged_userns=0 on Ubuntu',
  });
}
