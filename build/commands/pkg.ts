import { join, resolve } from 'node:path';
import type { Examples } from '../cli/examples.ts';
import type { KitCommand } from '../cli/kit-command.ts';
import { printResult } from '../cli/print-result.ts';
import { program, subcommand } from '../cli/program.ts';
import type { Context } from '../host/context.ts';
import { kitRoot } from '../host/paths.ts';
import { sizeText, table } from '../host/table.ts';
import { buildPackages, listPackages, namePackages } from '../pkg/verbs.ts';
import { parseArch, withArch } from './flags/arch.ts';
import { type JsonFlag, withJson } from './flags/json.ts';
import { withLocked, withTypeCheck } from './flags/locked.ts';
import { withRegistry } from './flags/sources.ts';
import { type WorkFlags, workFor } from './flags/work-flags.ts';
import { type SignFlags, signerOf, withSignKey } from './trust/signing-key.ts';

interface Flags extends WorkFlags, JsonFlag {}

/** `kit pkg build|show-tag|ls|push|manifest`. */
export function verb(context: Context): KitCommand {
  const command = program('pkg', context)
    .description('Build packages: folders with a build.yml, which become OCI images in the cache.')
    .withExamples(examples);
  addBuild(command, context);
  addShowTag(command, context);
  addList(command, context);
  addPush(command, context);
  addManifest(command, context);
  return command;
}

const examples: Examples = {
  rows: [
    ['kit pkg build pkg/sshd examples/node-app', 'build packages that have changed'],
    ['kit pkg build --check ./figlet', 'build from source twice, and compare the bytes'],
    ['kit pkg show-tag pkg/sshd', 'kit/sshd:<hash of all inputs>'],
    ['kit pkg ls --json', "list kit's own packages as JSON"],
    ['kit pkg push --org localhost:5000/me pkg/sshd'],
    ['kit pkg manifest --org ghcr.io/me pkg/sshd', 'an index of images that were pushed from several hosts'],
  ],
  notes: `
docs/packages.md is the reference of build.yml.`,
};

function addBuild(pkg: KitCommand, context: Context): void {
  withTypeCheck(pkgVerb(pkg, 'build <folder...>'))
    .description('build packages and their base packages into the cache')
    .option('--check', 'build those with "source" once more, in another folder, and compare the bytes')
    .action(async (folders: string[], flags: Flags & { readonly check?: boolean }) => {
      const built = await buildPackages(folders, context.cwd, workFor(context, flags), flags.check);
      printResult(context, flags, built, table(built.map(({ name, bytes }) => [name, sizeText(bytes)])));
    });
}

function addShowTag(pkg: KitCommand, context: Context): void {
  pkgVerb(pkg, 'show-tag <folder...>')
    .description('print the names and tags of packages, without building them')
    .action(async (folders: string[], flags: Flags) => {
      const named = await namePackages(folders, context.cwd, workFor(context, flags));
      printResult(context, flags, named, table(named.map(({ name }) => [name])));
    });
}

function addList(pkg: KitCommand, context: Context): void {
  pkgVerb(pkg, 'ls [folder...]')
    .description("list packages, and whether they are built (default: kit's own packages)")
    .action(async (given: string[], flags: Flags) => {
      const folders =
        given.length > 0 ? given.map((path) => resolve(context.cwd, path)) : [join(kitRoot, 'pkg')];
      const listed = await listPackages(folders, workFor(context, flags));
      const rows = listed.map((line) => [
        line.package,
        line.state,
        line.bytes === null ? '' : sizeText(line.bytes),
        line.name || line.reason,
      ]);
      printResult(context, flags, listed, table([['PACKAGE', 'STATE', 'SIZE', 'NAME'], ...rows]));
    });
}

interface PushFlags extends Flags, SignFlags {
  readonly org?: string;
  readonly platforms?: string;
}

function addPush(pkg: KitCommand, context: Context): void {
  withTypeCheck(pushVerb(pkg, 'push <folder...>'))
    .description('build packages, and push an image for each architecture and their index to a registry')
    .option(
      '--platforms <list>',
      'such as linux/amd64,linux/arm64 (default: that of this host, or of --arch)',
    )
    .action((folders: string[], flags: PushFlags) => push(folders, flags, context, 'images'));
}

function addManifest(pkg: KitCommand, context: Context): void {
  pushVerb(pkg, 'manifest <folder...>')
    .alias('index')
    .description('push the index of packages whose images the registry already has')
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
  const sign = signerOf(flags, context);
  const pushed = await pushPackages(folders, context.cwd, { org, what }, works);
  if (works[0]) await sign(pushed, works[0]);
  printResult(context, flags, pushed, table(pushed.map(({ name, digest }) => [name, digest])));
}

function pushVerb(pkg: KitCommand, usage: string): KitCommand {
  return withSignKey(withRegistry(pkgVerb(pkg, usage))).option(
    '--org <org>',
    'HOST/ORG or ORG to use instead of the org of build.yml (LINUXKIT_PKG_ORG)',
  );
}

const pkgVerb = (pkg: KitCommand, usage: string): KitCommand =>
  withJson(withLocked(withArch(subcommand(pkg, usage), '--arch <arch>')));
