import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import { ProgramError, type ProgramOptions, programOutput, runProgram } from '../../host/program.ts';
import { toolCommand } from '../../tools/command.ts';
import type { Tools } from '../../tools/tree.ts';
import type { Work } from '../../work.ts';
import { sandboxScript } from './sandbox-script.ts';

/** A folder of this machine in the sandbox. */
export interface SandboxMount {
  readonly from: string;
  /** `/build`; made if it is not there. */
  readonly to: string;
  readonly writable: boolean;
}

export interface Sandbox {
  /** Its /usr. Among the packages of the tree are busybox-static, coreutils, dash and util-linux. */
  readonly tools: Tools;
  readonly mounts: readonly SandboxMount[];
  /** Programs of /opt/bin: their scripts by name. */
  readonly programs?: Readonly<Record<string, string>>;
  /** Files of /etc besides passwd and group: their text by name. */
  readonly etc?: Readonly<Record<string, string>>;
  /** An empty folder. */
  readonly scratch: string;
}

/**
 * Runs a script where it can do no harm: in namespaces of its own, without network, without capabilities, on
 * a root file system of Debian packages in which nothing but the writable mounts and /tmp can be written to.
 * @throws ProgramError when the script fails
 */
export async function runSandboxed(script: string, sandbox: Sandbox, work: Work): Promise<void> {
  const { file, args, options } = await command(script, sandbox, work);
  await runProgram(file, args, options).catch((thrown: unknown) => {
    throw refusal(thrown);
  });
}

/** The same; standard output comes while the script runs. */
export async function* sandboxOutput(
  script: string,
  sandbox: Sandbox,
  work: Work,
): AsyncGenerator<Uint8Array> {
  const { file, args, options } = await command(script, sandbox, work);
  try {
    yield* programOutput(file, args, options);
  } catch (thrown) {
    throw refusal(thrown);
  }
}

interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly options: ProgramOptions;
}

async function command(
  script: string,
  { tools, mounts, programs = {}, etc = {}, scratch }: Sandbox,
  work: Work,
): Promise<Command> {
  const [root, bin, settings] = [join(scratch, 'root'), join(scratch, 'bin'), join(scratch, 'etc')];
  for (const folder of [root, bin, settings]) makeFolder(folder);
  for (const [name, text] of Object.entries({ ...users, ...etc }))
    await writeFile(join(settings, name), text);
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(join(bin, name), text);
    await chmod(join(bin, name), 0o755);
  }
  const unshare = toolCommand(tools, 'unshare', namespaces);
  const busybox = join(tools.dir, 'usr/bin/busybox');
  const triples = mounts.flatMap(({ from, to, writable }) => [from, to, writable ? 'rw' : 'ro']);
  const setup = [busybox, 'sh', '-c', sandboxScript, 'sandbox', root, busybox, tools.dir, bin, settings];
  return {
    file: unshare.file,
    args: [...unshare.args, ...setup, ...triples],
    options: { signal: work.signal, env: unshare.env, alone: true, cwd: scratch, input: script },
  };
}

const users = { passwd: 'root:x:0:0:root:/tmp:/bin/sh\n', group: 'root:x:0:\n' } as const;

const namespaces = [
  ...['--user', '--map-root-user', '--mount', '--net', '--pid', '--ipc', '--uts', '--cgroup'],
  ...['--fork', '--kill-child'],
];

function refusal(thrown: unknown): unknown {
  const isRefused = thrown instanceof ProgramError && /unshare|write failed \/proc\/self/.test(thrown.stderr);
  if (!isRefused) return thrown;
  const why = thrown.stderr.trim().split('\n')[0] ?? '';
  return new KitError(`Cannot compile apart from this machine: user namespaces are refused here (${why})`, {
    cause: thrown,
    hint: 'sysctl kernel.unprivileged_userns_clone=1, or kernel.apparmor_restrict_unprivileged_userns=0 on Ubuntu',
  });
}
