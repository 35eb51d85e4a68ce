import type { ProjectPlaces } from '../places.ts';

/** What a file refers to, and how its text has to change for that. */
export interface Judgement {
  readonly edits: readonly Edit[];
  /** Programs that get bundles of their own: absolute paths. */
  readonly programs: readonly string[];
  /** Files and folders to take along: absolute paths. */
  readonly taken: readonly string[];
  readonly mistakes: readonly Mistake[];
  /** Offsets of computed paths in a dependency, which may need files that are not taken along. */
  readonly doubts: readonly number[];
}

export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Mistake {
  readonly offset: number;
  readonly text: string;
  readonly hint: string | undefined;
}

/** What the rest of the package says. */
export interface Surroundings {
  readonly places: ProjectPlaces;
  /** Install paths of programs: the main one, and those of `entries:`. */
  readonly installed: ReadonlyMap<string, string>;
  /** Whether `assets:` has something at or below this path. */
  isCovered(path: string): boolean;
  /** Whether modules are there when the program runs: those of `external:` and `assets:`. */
  readonly hasModules: boolean;
}
