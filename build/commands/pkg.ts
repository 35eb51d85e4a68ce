import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { buildPackages, listPackages, namePackages } from '../packages/verbs.ts';
import { kitRoot } from '../paths.ts';
import { parse, program } from './program.ts';
import { sizeText, table } from './table.ts';
import { type WorkFlags, workFor } from './work.ts';

interface Flags extends WorkFlags {
  readonly json?: boolean;
}

/** `kit pkg build|show-tag|ls`. */
export function run(args: readonly string[], context: Context): Promise<number> {
  const command = program('pkg', context)
    .description('Build packages: folders with a build.yml that become OCI images in the cache.')
    .addHelpText('after', examples);
  addBuild(command, context);
  addShowTag(command, context);
  addList(command, context);
  return parse(command, args);
}

const examples = `
Examples:
  kit pkg build pkg/sshd examples/node-app     build what has changed
  kit pkg show-tag pkg/sshd                    kit/sshd:<hash of all inputs>
  kit pkg ls --json                            kit's packages, for programs

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
