import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { ProgramError, type ProgramOptions, runProgram } from '../host/program.ts';
import type { Tools } from './make-tree.ts';

/** A program to spawn. `env` is its whole environment. */
export interface ToolCommand {
  readonly file: string;
  readonly args: string[];
  readonly env: Record<string, string>;
}

/** Where a tree has its ld-linux, and the folder of its libraries. */
export const loaders = {
  amd64: { loader: 'usr/lib64/ld-linux-x86-64.so.2', libraries: 'usr/lib/x86_64-linux-gnu' },
  arm64: { loader: 'usr/lib/ld-linux-aarch64.so.1', libraries: 'usr/lib/aarch64-linux-gnu' },
} as const;

/**
 * The command that runs a program of a tools tree independently of the host's libraries: through the tree's
 * own ld-linux. Its /proc/self/exe is then ld-linux, so programs that re-execute themselves do not work.
 */
export function toolCommand(tools: Tools, name: string, args: readonly string[]): ToolCommand {
  if (/[:;]/.test(tools.dir)) throw unusable(tools.dir);
  const file = toolPath(tools, name);
  const { loader, libraries } = loaders[tools.arch];
  const within = (path: string): string => join(tools.dir, path);
  const env = { ...plainEnv, PATH: `${within('usr/bin')}:${within('usr/sbin')}:/usr/bin:/bin` };
  const script = interpreter(file);
  if (script) return toolCommand(tools, script, [file, ...args]);
  // Where Debian puts libraries that are for this program alone.
  const own = within(join(libraries, name));
  const folders = [within(libraries), ...(existsSync(own) ? [own] : []), within('usr/lib')].join(':');
  return {
    file: within(loader),
    args: ['--library-path', folders, '--argv0', name, file, ...firmwarePaths(name, within), ...args],
    env: name.startsWith('qemu-') ? { ...env, QEMU_MODULE_DIR: within(`${libraries}/qemu`) } : env,
  };
}

interface ToolOptions extends Pick<ProgramOptions, 'signal' | 'cwd' | 'input' | 'env'> {
  /** A command that runs another one: `unshare --user`. */
  readonly within?: readonly string[];
}

/**
 * Runs a tool to its end.
 * @throws ProgramError with the command and its output; KitError when it does not start
 */
export async function runTool(
  tools: Tools,
  name: string,
  args: readonly string[],
  { within = [], ...options }: ToolOptions,
): Promise<{ stdout: string; stderr: string }> {
  const command = toolCommand(tools, name, args);
  const env = { ...command.env, ...options.env };
  const [file = '', ...rest] = [...within, command.file, ...command.args];
  return runProgram(file, rest, { ...options, env, alone: true }).catch((thrown: unknown) => {
    if (!(thrown instanceof ProgramError)) throw thrown;
    const { status, notStarted } = thrown;
    if (notStarted && !notStarted.missing) {
      throw new KitError(`Cannot run tool "${name}" of "${tools.dir}": ${notStarted.reason}`, {
        cause: thrown,
      });
    }
    // ld-linux exits with 127 when it cannot load the program or one of its libraries.
    throw notStarted || status === 127 ? damaged(tools, name, 'it does not start', thrown) : thrown;
  });
}

function damaged({ dir }: Tools, name: string, why: string, cause?: unknown): KitError {
  return new KitError(`Cannot run tool "${name}" of "${dir}": ${why}`, {
    hint: 'remove that folder: the next run makes it again',
    cause,
  });
}

/** ld-linux and PATH have no way to escape a separator in the path of a folder. */
function unusable(dir: string): KitError {
  return new KitError(`Cannot run tools out of "${dir}": its path has a colon or a semicolon`, {
    hint: 'set KIT_CACHE to a folder without',
  });
}

/** The same for every user, so that the output of tools is reproducible. */
const plainEnv = { LC_ALL: 'C.UTF-8', TZ: 'UTC', HOME: '/nonexistent' };

function toolPath(tools: Tools, name: string): string {
  const file = ['usr/bin', 'usr/sbin', 'usr/libexec']
    .map((folder) => join(tools.dir, folder, name))
    .find((path) => existsSync(path));
  if (!file) throw damaged(tools, name, 'it is not there');
  return file;
}

/** The name of a script's interpreter (`perl` for `#!/usr/bin/perl -w`); undefined for a binary. */
function interpreter(file: string): string | undefined {
  const descriptor = openSync(file, 'r');
  try {
    const head = Buffer.alloc(128);
    readSync(descriptor, head, 0, head.length, 0);
    return /^#!\s*(?:\/usr\/bin\/env\s+)?(?:\S*\/)?(\S+)/.exec(head.toString('latin1'))?.[1];
  } finally {
    closeSync(descriptor);
  }
}

/** QEMU's default path for firmware is Debian's, outside the tree. */
function firmwarePaths(name: string, within: (path: string) => string): string[] {
  if (!name.startsWith('qemu-system-')) return [];
  return ['-L', within('usr/share/qemu'), '-L', within('usr/share/seabios')];
}
