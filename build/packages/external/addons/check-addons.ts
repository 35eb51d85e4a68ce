import { readFileSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { KitError } from '../../../../lib/errors/errors.ts';
import { type Fit, fitOf } from './fit.ts';
import type { Guest } from './guest.ts';
import { filesOf, hasGypFile, installScripts, type StagedPackage } from './staged-package.ts';

/** What is left to tell the user: packages that were left out, scripts that were not run. */
export type Note = (text: string) => void;

/**
 * Removes addons and libraries for other platforms, and refuses a package that is left without one that this
 * machine can load. An optional package is removed instead.
 * @param hasMore whether the image has libraries besides those of pkg/libs @param built names of packages
 * whose scripts have run
 */
export function checkAddons(
  packages: readonly StagedPackage[],
  guest: Guest,
  { hasMore, built }: { readonly hasMore: boolean; readonly built: ReadonlySet<string> },
  note: Note,
): void {
  const files = packages.map((one) => ({ one, native: filesOf(one.folder).filter(isNative) }));
  const beside = new Set(files.flatMap(({ native }) => native.map((path) => basename(path))));
  for (const { one, native } of files) {
    const problem = problemOf(one, native, guest, { hasMore, beside });
    if (problem === undefined) {
      const scripts = installScripts(one);
      const hasAddon = native.some(isAddon);
      if (scripts.length > 0 && !hasAddon && !built.has(one.name)) note(unrun(one, scripts));
    } else if (one.isOptional) {
      rmSync(one.folder, { recursive: true });
      note(`Left out the optional npm package "${one.name}" ${one.version}: ${problem.why}`);
    } else {
      const message = `Cannot take "${one.name}" ${one.version} into an image for ${guest.arch}: ${problem.why}`;
      throw new KitError(message, { hint: problem.hint });
    }
  }
}

const isAddon = (path: string): boolean => path.endsWith('.node');
const isNative = (path: string): boolean => isAddon(path) || /\.so(?:\.\d+)*$/.test(path);

/** Bytes of an addon; some have a database or a browser engine inside. */
const addonLimit = 1 << 30;

interface Problem {
  readonly why: string;
  readonly hint?: string | undefined;
}

function problemOf(
  one: StagedPackage,
  native: readonly string[],
  guest: Guest,
  { hasMore, beside }: { readonly hasMore: boolean; readonly beside: ReadonlySet<string> },
): Problem | undefined {
  const judged = native.map((path) => ({ path, fit: judge(join(one.folder, path), guest, beside) }));
  // What a base package or files/ brings is not known here: there, only the machine can tell.
  const isKept = ({ kind }: Fit): boolean => kind === 'fits' || (kind === 'lacks' && hasMore);
  for (const { path, fit } of judged) {
    // A library may be one of several that an addon chooses from: only the addon itself has to fit.
    if (fit.kind === 'foreign' || (isAddon(path) && !isKept(fit))) rmSync(join(one.folder, path));
  }
  const addons = judged.filter(({ path }) => isAddon(path));
  if (addons.some(({ fit }) => isKept(fit))) return undefined;
  const isCompiled = hasGypFile(one.folder);
  const hint = isCompiled ? buildHint(one) : undefined;
  const reasons = addons.flatMap(({ path, fit }) => {
    if (fit.kind === 'unfit') return [{ why: `"${path}" ${fit.why}`, hint }];
    return fit.kind === 'lacks' ? [lacking(path, fit.library)] : [];
  });
  if (reasons[0]) return reasons[0];
  if (addons.length > 0) return { why: 'what it has compiled is for other platforms', hint };
  return isCompiled ? { why: `it has to be compiled for Node ${guest.node}`, hint } : undefined;
}

function lacking(path: string, library: string): Problem {
  const why = `"${path}" needs "${library}", which the machine does not have`;
  return { why, hint: 'a package under "base" with that library of Debian brings it along' };
}

function judge(file: string, guest: Guest, beside: ReadonlySet<string>): Fit {
  if (statSync(file).size > addonLimit) return { kind: 'unfit', why: `has more than ${addonLimit} bytes` };
  return fitOf(readFileSync(file), guest, beside);
}

function buildHint({ name, isNamed }: StagedPackage): string {
  const key = isNamed ? 'build: true' : `build: [${name}]`;
  return `"${key}" in its entry under "external" compiles it, without network and apart from this machine`;
}

function unrun({ name, version }: StagedPackage, scripts: readonly (readonly [string, string])[]): string {
  const [[key, command] = ['', '']] = scripts;
  return `Did not run "${key}" of npm package "${name}" ${version}: ${command.slice(0, 100)}`;
}
