import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import { renderMessage } from '../../../lib/errors/render.ts';
import { visibleText } from '../../../lib/errors/visible.ts';
import { replaceFile } from '../../../lib/files/replace-file.ts';
import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { printResult } from '../../cli/print-result.ts';
import { program } from '../../cli/program.ts';
import { hasColour } from '../../host/colour.ts';
import type { Context } from '../../host/context.ts';
import { isConfig } from '../../manifest/config/config-name.ts';
import { manifestText } from '../../manifest/read.ts';
import { type Migration, migrateManifest } from '../../migrate/migrate.ts';
import type { Note } from '../../migrate/rewriter.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';
import { colouredDiff } from './coloured-diff.ts';

interface Flags extends JsonFlag {
  readonly out?: string;
  readonly disks?: boolean;
  readonly strict?: boolean;
}

/** A manifest, and what became of it. */
interface Migrated extends Migration {
  readonly file: string;
  /** Absolute path of the new one; undefined: it is not written to a file. */
  readonly path: string | undefined;
}

const examples: Examples = {
  rows: [
    ['kit migrate linuxkit.yml', 'show what would change, as a diff, and what is left to do'],
    ['kit migrate linuxkit.yml -o kit.yml', 'write the new manifest'],
    ['kit migrate --disks linuxkit.yml -o kit.yml', '… with `disks:` in place of format and mount'],
    ['kit migrate base.yml web.yml -o new', 'several that are built together, into the folder new'],
    ['kit migrate --json linuxkit.yml', 'the new text, the changes and what is left, as JSON'],
  ],
  notes: `
Comments, blank lines and the order stay. What kit does by itself is left out, with a comment that says why. What was not
understood, or means something else in kit, is a warning with its line, and stays as it is.

docs/migrate.md goes through an example; docs/parts.md lists what kit has for each package of LinuxKit.`,
};

/** `kit migrate`: rewrites manifests of LinuxKit into kit's. */
export function verb(context: Context): KitCommand {
  const command = program('migrate', context)
    .description('Rewrite manifests of LinuxKit into those of kit.')
    .argument('<manifest...>', 'manifests of LinuxKit: files, http(s) URLs, or - for standard input')
    .option(
      '-o, --out <path>',
      'write the new manifest: a file, - for standard output, or a folder for several',
    )
    .option('--disks', 'turn format, extend, mount and swap into `disks:`, where that does the same')
    .option('--strict', 'exit with status 1 if anything is left to do by hand');
  withJson(command, 'print the new text, the changes and what is left to do as JSON')
    .withExamples(examples)
    .action((files: string[], flags: Flags) => migrate(files, flags, context));
  return command;
}

async function migrate(files: readonly string[], flags: Flags, context: Context): Promise<number> {
  const { out } = flags;
  const isFolder =
    out !== undefined && out !== '-' && (files.length > 1 || (await isDirectory(out, context)));
  if (out === '-' && files.length > 1)
    throw new KitError('Cannot write several manifests to standard output: name a folder', { exitCode: 2 });
  const paths = files.map((file) =>
    out === undefined || out === '-'
      ? undefined
      : resolve(context.cwd, isFolder ? join(out, nameOf(file)) : out),
  );
  refuseSamePath(files, paths);
  // All are read and rewritten before the first is written: a mistake in one leaves everything as it was.
  const results: Migrated[] = [];
  for (const [at, file] of files.entries()) results.push(await migrateOne(file, paths[at], flags, context));
  for (const { path, text } of results) if (path !== undefined) replaceFile(path, text);
  show(results, flags, context);
  return flags.strict && results.some(({ open }) => open.length > 0) ? 1 : 0;
}

function refuseSamePath(files: readonly string[], paths: readonly (string | undefined)[]): void {
  for (const [at, path] of paths.entries()) {
    const first = path === undefined ? at : paths.indexOf(path);
    if (path === undefined || first === at) continue;
    const names = [files[first], files[at]].map((name) => `"${name}"`).join(' and ');
    throw new KitError(`Cannot write ${names}: both would be "${path}"`, {
      exitCode: 2,
      hint: 'write them into different folders, by one command each',
    });
  }
}

async function migrateOne(
  file: string,
  path: string | undefined,
  { disks }: Flags,
  { cwd, stdin, signal }: Context,
): Promise<Migrated> {
  if (isConfig(file)) {
    throw new KitError(`Cannot migrate "${file}": it is a program, and LinuxKit's manifests are YAML`, {
      exitCode: 2,
    });
  }
  const { text, shown, folder } = await manifestText(file, { cwd, stdin, signal });
  const target = path === undefined ? folder : dirname(path);
  const migration = await migrateManifest(text, shown, target, { disks });
  return { file: shown, path, ...migration };
}

function show(results: readonly Migrated[], flags: Flags, context: Context): void {
  const { stdout, stderr, env } = context;
  if (flags.json) {
    const shown = results.map(({ file, text, changes, open }) => {
      return { file, text, changes: changes.map(row), open: open.map(row) };
    });
    printResult(context, flags, shown, '');
    return;
  }
  const colour = hasColour(stdout, env);
  for (const { file, text, diff, changes } of results) {
    if (flags.out === '-') stdout.write(text);
    else if (flags.out !== undefined) printResult(context, flags, {}, summary(file, changes));
    else
      printResult(
        context,
        flags,
        {},
        diff === '' ? `${file}: nothing is LinuxKit's\n` : colouredDiff(diff, colour),
        { colour },
      );
  }
  const style = { colour: hasColour(stderr, env), columns: stderr.isTTY ? stderr.columns : undefined };
  for (const { place, text, hint } of results.flatMap(({ open }) => open))
    stderr.write(visibleText(`${renderMessage('warning', text, { place, hint }, style)}\n`, style));
}

function summary(file: string, changes: readonly Note[]): string {
  if (changes.length === 0) return `${file}: nothing is LinuxKit's\n`;
  return changes.map(({ place: { line }, text }) => `${file}:${line}: ${text}\n`).join('');
}

const row = ({ place: { line, column }, text, hint }: Note): object => ({ line, column, text, hint });

const nameOf = (file: string): string => (file === '-' ? 'kit.yml' : basename(file.replace(/[?#].*$/s, '')));

const isDirectory = (path: string, { cwd }: Context): Promise<boolean> =>
  stat(resolve(cwd, path)).then(
    (found) => found.isDirectory(),
    () => false,
  );
