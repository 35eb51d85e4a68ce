import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { KitError, type SourcePosition } from '../../../lib/errors/errors.ts';
import { globMatcher } from '../../debian/globs.ts';
import { shownPath } from '../definition/shown-path.ts';
import { guestPath, isBelow, type ProjectPlaces } from './places.ts';

/** A file that goes into the image beside the program. */
export interface TakenFile {
  /** Absolute path on the host, without symbolic links. */
  readonly source: string;
  /** Absolute path in the image. */
  readonly path: string;
}

/** One line of `assets:` in build.yml: a file, a folder or a glob; with `!`, what not to take. */
export interface AssetPattern {
  readonly pattern: string;
  readonly place: SourcePosition;
}

/** The files that go along with a program. */
export class TakenFiles {
  readonly #places: ProjectPlaces;
  readonly #files = new Map<string, string>();
  readonly #looked = new Set<string>();
  readonly #isExcluded: (path: string) => boolean;

  constructor(places: ProjectPlaces, patterns: readonly AssetPattern[]) {
    this.#places = places;
    const excluded = patterns.filter(({ pattern }) => pattern.startsWith('!'));
    this.#isExcluded = globMatcher(
      excluded.flatMap(({ pattern }) => [pattern.slice(1), `${pattern.slice(1)}/**`]),
    );
    for (const asset of patterns) if (!excluded.includes(asset)) this.#takePattern(asset);
  }

  get list(): TakenFile[] {
    const pairs = [...this.#files].map(([path, source]) => ({ path, source }));
    return pairs.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Every path that was looked at; a change of one of them may change the list. */
  get inputs(): string[] {
    return [...this.#looked];
  }

  /** Whether a file at or below this path goes along. */
  covers(path: string): boolean {
    const at = guestPath(this.#places, path.replace(/(.)\/+$/, '$1'));
    return [...this.#files.keys()].some((taken) => isBelow(at, taken));
  }

  /** Takes a file, or a folder with everything below it. @returns the host paths of the files */
  take(path: string): string[] {
    const files = this.#below(path, new Set());
    for (const file of files) this.#files.set(guestPath(this.#places, file), realpathSync(file));
    return files;
  }

  #takePattern({ pattern, place }: AssetPattern): void {
    const { home } = this.#places;
    const fixed = /^[^*?{]*(?=\/|$)/.exec(pattern)?.[0] ?? '';
    const isGlob = /[*?{]/.test(pattern);
    const start = join(home, fixed);
    const matches = globMatcher([pattern.replace(/\/$/, ''), `${pattern.replace(/\/$/, '')}/**`]);
    const found = lstatSync(start, { throwIfNoEntry: false }) ? this.#below(start, new Set(), place) : [];
    const files = found.filter((file) => !isGlob || matches(relative(home, file)));
    if (files.length === 0) {
      this.#looked.add(start);
      throw new KitError(`Cannot take along "${pattern}": no such file in "${shownPath(home)}"`, { place });
    }
    for (const file of files) this.#files.set(guestPath(this.#places, file), realpathSync(file));
  }

  /**
   * All files at or below a path. Symbolic links are followed within the project.
   * @param place of what asks for them, for errors
   */
  #below(path: string, above: ReadonlySet<string>, place?: SourcePosition): string[] {
    this.#looked.add(path);
    if (this.#isExcluded(relative(this.#places.home, path))) return [];
    const real = this.#realPath(path, place);
    if (real !== path) this.#looked.add(real);
    const stats = statSync(real);
    if (stats.isFile()) return [path];
    if (!stats.isDirectory()) throw cannotTake(path, 'it is neither a file nor a folder', { place });
    if (above.has(real)) return [];
    const names = readdirSync(real).filter((name) => name !== 'node_modules' && name !== '.git');
    return names.sort().flatMap((name) => this.#below(join(path, name), new Set([...above, real]), place));
  }

  #realPath(path: string, place: SourcePosition | undefined): string {
    try {
      const real = realpathSync(path);
      const { home, root } = this.#places;
      if (real === path || isBelow(home, real) || isBelow(root, real)) return real;
    } catch (thrown) {
      throw cannotTake(path, 'it is a symbolic link to nothing', { place, cause: thrown });
    }
    throw cannotTake(path, 'it is a symbolic link out of the project', { place });
  }
}

function cannotTake(
  path: string,
  reason: string,
  from: { readonly place: SourcePosition | undefined; readonly cause?: unknown },
): KitError {
  return new KitError(`Cannot take along "${shownPath(path)}": ${reason}`, {
    ...from,
    hint: 'copy what it leads to into the folder of the package, or leave it out with "!" in "assets:" of build.yml',
  });
}
