import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { sections } from '../../lib/bundle/bundle.ts';
import { KitError, KitErrors, reasonOf } from '../../lib/errors/errors.ts';
import { parseManifest } from '../manifest/parse.ts';
import { findTemplates } from '../manifest/templates.ts';
import { bothInitsErrors } from '../parts/both-inits.ts';
import { type HasPackage, hasPackage } from '../parts/counterpart.ts';
import { linuxkitImage } from '../parts/part-of.ts';
import type { Context } from './context.ts';
import { takeDisks } from './disks/take-disks.ts';
import { type EntryNode, entriesOf } from './entry.ts';
import { takeInit, takeKernel, takeTrust } from './machine.ts';
import { type Note, Rewriter } from './rewriter.ts';
import { entryRules } from './rules/rules.ts';
import { askAboutStrangers } from './strangers.ts';
import { takePart } from './take.ts';

export interface MigrateOptions {
  /** Turns `format` and `mount` into `disks:`. */
  readonly disks?: boolean | undefined;
  /** The packages that kit has. */
  readonly has?: HasPackage;
}

export interface Migration {
  /** The new manifest; the old one if it has nothing of LinuxKit. */
  readonly text: string;
  /** As a unified diff; empty if nothing has changed. */
  readonly diff: string;
  /** What was changed, and why, by lines of the old file. */
  readonly changes: readonly Note[];
  /** What was not understood, or means something else in kit. */
  readonly open: readonly Note[];
}

/**
 * Rewrites a manifest of LinuxKit into one of kit. All that need not change stays as it is written, comments
 * and order included.
 * @param file its name in messages @param folder absolute folder of the new manifest
 * @throws KitErrors for what is no manifest, KitError for one with the inits of both
 */
export async function migrateManifest(
  text: string,
  file: string,
  folder: string,
  { disks = false, has = hasPackage }: MigrateOptions = {},
): Promise<Migration> {
  await check(text, file, folder);
  const rewriter = new Rewriter(text, file);
  const entries = sections.flatMap((section) => entriesOf(section, rewriter));
  const context = { rewriter, entries, folder, has };
  takeKernel(context);
  takeInit(context);
  const taken = disks ? takeDisks(context) : new Set<EntryNode>();
  for (const entry of entries) if (!taken.has(entry)) takeEntry(entry, context);
  takeVolumes(context);
  takeTrust(context);
  askAboutStrangers(context);
  const result = rewriter.finish();
  await checkResult(result, file, folder);
  return {
    text: result,
    diff: diffOf(file, text, result),
    changes: inOrder(rewriter.changes),
    open: inOrder(rewriter.open),
  };
}

async function check(text: string, file: string, folder: string): Promise<void> {
  const templates = await findTemplates(
    text,
    file,
    (path) => path,
    async () => 'template/name',
  );
  const manifest = parseManifest(text, file, folder, templates);
  const [error] = bothInitsErrors(manifest);
  if (error) throw error;
}

function takeEntry(entry: EntryNode, context: Context): void {
  if (entry.image.startsWith('@pkg:')) {
    const text = `"${entry.image}" is built from a folder, and stays as it is`;
    context.rewriter.ask(
      entry.at('image'),
      text,
      'kit builds folders with a build.yml of its own kind (docs/packages.md)',
    );
    return;
  }
  const image = linuxkitImage(entry.image);
  if (!image) return;
  const rule = Object.hasOwn(entryRules, image.name) ? entryRules[image.name] : undefined;
  (rule ?? takePart)(entry, image, context);
}

/** As patch(1) reads it, with three unchanged lines around a change; empty without a change. */
const diffOf = (file: string, before: string, after: string): string =>
  before === after
    ? ''
    : createTwoFilesPatch(file, `${file} for kit`, before, after, undefined, undefined, {
        context: 3,
        headerOptions: FILE_HEADERS_ONLY,
      });

/** What comes out must be a manifest: an error here is one of kit. */
async function checkResult(text: string, file: string, folder: string): Promise<void> {
  try {
    await check(text, file, folder);
  } catch (thrown) {
    const reason = thrown instanceof KitErrors ? thrown.errors[0]?.message : reasonOf(thrown);
    throw new KitError(`Cannot migrate "${file}": what came out is no manifest: ${reason}`, {
      hint: 'write its lists and maps in the usual form, one item a line',
      cause: thrown,
    });
  }
}

function takeVolumes({ rewriter }: Context): void {
  for (const item of rewriter.source.list('volumes')?.items ?? []) {
    const value = (item as { toJSON(): unknown }).toJSON() as { readonly image?: unknown } | null;
    const image = linuxkitImage(String(value?.image ?? ''));
    if (image) rewriter.ask(item, `a volume holds the files of linuxkit/${image.name}, and keeps them`);
  }
}

const inOrder = (notes: readonly Note[]): Note[] =>
  notes.toSorted(({ place: a }, { place: b }) => a.line - b.line || a.column - b.column);
