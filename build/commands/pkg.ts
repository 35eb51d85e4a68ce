import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Context } from '../host/context.ts';
import { kitRoot } from '../host/paths.ts';
import { sizeText, table } from '../host/table.ts';
import { buildPackages, listPackages, namePackages } from '../pkg/verbs.ts';
import { parse, program } from './flags/program.ts';
import { withRegistry } from './flags/sources.ts';
import { parseArch, type WorkFlags, workFor } from './flags/work-flags.ts';

interface Flags extends WorkFlags {
  readonly json?: boolean;
}

/** `kit pkg build|show-tag|ls|push|manifest`. */
export function run(args: readonly string[], context: Context): Promise<number> {
  const command = program('pkg', context)
    .description('Build packages: folders with a build.yml that become OCI images in the cache.')
    .addHelpText('after', examples);
  addBuild(command, context);
  addShowTag(command, context);
  addList(command, context);
  addPush(command, context);
  addManifest(command, context);
  return parse(command, args);
}

const examples = `
Examples:
  kit pkg build pkg/sshd examples/node-app     build what has changed
  kit pkg show-tag pkg/sshd                    kit/sshd:<hash of all inputs>
  kit pkg ls --json                            kit's packages, for programs
  kit pkg push --org localhost:5000/me pkg/sshd
  kit pkg manifest --org ghcr.io/me pkg/sshd   an index of what several machines have pushed

docs/packages.md tells what a build.yml may hold.`;

function addBuild(pkg: Command, context: Context): void {
  verb(pkg, 'build <folder...>')
    .description('build packages, and what they stand on, into the cache')
    .action(async (folders: string[], flags: Flags) => {
      const lines = await buildPackages(folders, context.cwd, workFor(context, flags));
      show(
        context,
        flags,
        lines,
        lines.map(({ name, bytes }) => [name, sizeText(bytes)]),
      );
    });
}

function addShowTag(pkg: Command, context: Context): void {
  verb(pkg, 'show-tag <folder...>')
    .description('print the names of packages, without building them')
    .action(async (folders: string[], flags: Flags) => {
      const lines = await namePackages(folders, context.cwd, workFor(context, flags));
      show(
        context,
        flags,
        lines,
        lines.map(({ name }) => [name]),
      );
    });
}

function addList(pkg: Command, context: Context): void {
  verb(pkg, 'ls [folder...]')
    .description("list packages, and whether they are built (default: kit's own)")
    .action(async (folders: string[], flags: Flags) => {
      const where =
        folders.length > 0 ? folders.map((path) => resolve(context.cwd, path)) : [join(kitRoot, 'pkg')];
      const lines = await listPackages(where, workFor(context, flags));
      const rows = lines.map((line) => [
        line.package,
        line.state,
        line.bytes === null ? '' : sizeText(line.bytes),
        line.name || line.reason,
      ]);
      show(context, flags, lines, [['PACKAGE', 'STATE', 'SIZE', 'NAME'], ...rows]);
    });
}

interface PushFlags extends Flags {
  readonly org?: string;
  readonly platforms?: string;
}

function addPush(pkg: Command, context: Context): void {
  withRegistry(verb(pkg, 'push <folder...>'))
    .description(
      'build packages and send them to a registry: an image for each architecture, and their index',
    )
    .option('--org <org>', 'HOST/ORG or ORG in place of that of build.yml (LINUXKIT_PKG_ORG)')
    .option('--platforms <list>', 'linux/amd64,linux/arm64 (default: that of this machine, or --arch)')
    .action((folders: string[], flags: PushFlags) => push(folders, flags, context, 'images'));
}

function addManifest(pkg: Command, context: Context): void {
  withRegistry(verb(pkg, 'manifest <folder...>'))
    .alias('index')
    .description('make the index of packages out of the images that a registry has for each architecture')
    .option('--org <org>', 'HOST/ORG or ORG in place of that of build.yml (LINUXKIT_PKG_ORG)')
    .action((folders: string[], flags: PushFlags) => push(folders, flags, context, 'index'));
}

async function push(
  folders: string[],
  flags: PushFlags,
  context: Context,
  what: 'images' | 'index',
): Promise<void> {
  const { pushPackages } = await import('../pkg/push.ts');
  const platforms = flags.platforms?.split(',').map((one) => parseArch(one.replace(/^linux\//, '')));
  const works = (platforms ?? [undefined]).map((arch) =>
    workFor(context, { ...flags, ...(arch && { arch }) }),
  );
  const org = flags.org ?? context.env.LINUXKIT_PKG_ORG;
  const pushed = await pushPackages(folders, context.cwd, { org, what }, works);
  show(
    context,
    flags,
    pushed,
    pushed.map(({ name, digest }) => [name, digest]),
  );
}

function verb(pkg: Command, usage: string): Command {
  return pkg
    .command(usage)
    .option('--arch <arch>', 'amd64 or arm64 (default: that of this machine)')
    .option('--locked', 'refuse to change a lock file of Debian packages')
    .option('--json', 'print JSON')
    .option('--debug', 'show stack traces of errors');
}

function show(context: Context, { json }: Flags, value: unknown, rows: readonly string[][]): void {
  context.stdout.write(json ? `${JSON.stringify(value)}\n` : table(rows));
}
