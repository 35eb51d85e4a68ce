import { readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { type BuildOptions, type BuildResult, build } from 'esbuild';
import { builtins } from '../bundle/builtins.ts';
import { type BundledFile, compileError, isBuildFailure, programOptions, virtual } from '../bundle/bundle.ts';
import { shownPath } from '../definition/shown-path.ts';
import { bundledAddonError, checkBundledPackages } from '../external/bundled-packages.ts';
import { externalImports } from '../external/external-imports.ts';
import { decoratorHelpers } from './decorators.ts';
import { defaultLoaders, esbuildLoaders, moreLoaders } from './loaders.ts';
import { guestPath, guestProgram, isDependency, type ProjectPlaces } from './places.ts';
import type { ProjectProgram } from './project-program.ts';
import type { Surroundings } from './references/judgement.ts';
import { type References, references } from './references/plugin.ts';
import { isProgram } from './references/target.ts';
import { nameSources, projectSourceName } from './source-names.ts';
import type { TakenFiles } from './taken-files.ts';
import type { Tsconfig } from './tsconfig.ts';
import { leaveToRunTime, optionalModules, withoutAddons } from './unresolved.ts';

type Result = BuildResult<{ metafile: true; write: false }>;

/** Bundles programs one after the other, since each may refer to more of them. */
export class Bundler implements References {
  readonly programs = new Set<string>();
  readonly doubts = new Map<string, number>();
  readonly locales: References['locales'] = new Map();
  readonly #program: ProjectProgram;
  readonly #places: ProjectPlaces;
  readonly #taken: TakenFiles;
  readonly #name: string;
  readonly #tsconfig: Tsconfig | undefined;
  /** Of the packages of `external`, by name. */
  readonly #versions: ReadonlyMap<string, string>;
  readonly #around: Surroundings;
  readonly #inputs = new Set<string>();
  /** Modules that dependencies can do without. */
  readonly #optional = new Set<string>();

  constructor(
    program: ProjectProgram,
    places: ProjectPlaces,
    taken: TakenFiles,
    {
      name,
      tsconfig,
      versions,
    }: {
      readonly name: string;
      readonly tsconfig: Tsconfig | undefined;
      readonly versions: ReadonlyMap<string, string>;
    },
  ) {
    this.#program = program;
    this.#places = places;
    this.#taken = taken;
    this.#name = name;
    this.#tsconfig = tsconfig;
    this.#versions = versions;
    const declared = [[program.install, program.main] as const, ...program.entries];
    const installed = new Map(declared.map(([path, main]) => [realpathSync(main), path]));
    for (const main of installed.keys()) this.programs.add(main);
    const hasModules = program.external.length > 0 || taken.list.some(({ source }) => isProgram(source));
    this.#around = { places, installed, hasModules, isCovered: (path) => taken.covers(path) };
  }

  /** The bundles and their source maps. */
  async bundleAll(): Promise<BundledFile[]> {
    const files: BundledFile[] = [];
    // Grows while it is read.
    for (const main of this.programs) files.push(...(await this.#bundle(main)));
    return files.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  take(path: string): readonly string[] {
    return this.#taken.take(path);
  }

  /** Absolute paths of the source files of all bundles. */
  get inputs(): string[] {
    return [...this.#inputs];
  }

  get notes(): string[] {
    const paths = [...this.doubts].map(
      ([file, line]) =>
        `${shownPath(file)}:${line} computes the path of a file; if it fails in the machine, ` +
        'name its package in "external:" of build.yml',
    );
    const languages = [...(this.#program.icu === 'full' ? [] : this.locales)].map(
      ([file, { line, tag }]) =>
        `${shownPath(file)}:${line} asks for the language "${tag}", in whose place it gets English; ` +
        '"icu: full" in build.yml takes all languages along, 11 MB',
    );
    return [...paths, ...languages];
  }

  async #bundle(main: string): Promise<BundledFile[]> {
    const install = this.#around.installed.get(main) ?? guestProgram(this.#places, main);
    const result = await this.#build(main, install);
    const { home } = this.#places;
    checkBundledPackages(result.metafile, home);
    const fileOf = (source: string): string | undefined =>
      virtual.test(source) ? undefined : resolve(home, source);
    const inputs = new Set(Object.keys(result.metafile.inputs).flatMap((source) => fileOf(source) ?? []));
    for (const file of inputs) this.#inputs.add(file);
    const nameOf = (source: string): string => {
      const file = fileOf(source);
      return file === undefined
        ? source.replace(virtual, '')
        : projectSourceName(this.#places, this.#name, file);
    };
    const textOf = (source: string): string | undefined => {
      const file = fileOf(source);
      const isOwn = file !== undefined && inputs.has(file) && !isDependency(file);
      return isOwn ? readFileSync(file, 'utf8') : undefined;
    };
    const folder = relative(dirname(this.#program.install), dirname(install));
    return result.outputFiles.map(({ path, contents }) => ({
      name: join(folder, basename(path)),
      content: path.endsWith('.map') ? nameSources(contents, nameOf, textOf) : contents,
    }));
  }

  /** Again without optional modules, when the first attempt has found that some are not installed. */
  async #build(main: string, install: string): Promise<Result> {
    const { home } = this.#places;
    try {
      return await build(this.#options(main, install));
    } catch (thrown) {
      if (!isBuildFailure(thrown)) throw thrown;
      const addon = bundledAddonError(thrown.errors, home);
      if (addon) throw addon;
      const missing = optionalModules(thrown.errors, home)?.filter((name) => !this.#optional.has(name));
      if (!missing || missing.length === 0) throw await compileError(thrown.errors, main, home);
      for (const name of missing) this.#optional.add(name);
      return this.#build(main, install);
    }
  }

  #options(main: string, install: string) {
    const { home } = this.#places;
    const loaders = { ...defaultLoaders, ...this.#program.loaders };
    const takeFile = (path: string): string => {
      this.take(path);
      return guestPath(this.#places, path);
    };
    const { tsconfigRaw, external, ...common } = programOptions;
    return {
      ...common,
      ...{ entryPoints: [main], absWorkingDir: home, outfile: join(home, basename(install)) },
      ...(this.#tsconfig ? {} : { tsconfigRaw }),
      // Frameworks with decorators name things after classes, which esbuild renames where two have one name.
      keepNames: this.#tsconfig?.experimentalDecorators === true,
      external: [...external, ...this.#program.external],
      loader: esbuildLoaders(loaders),
      plugins: [
        externalImports(this.#versions),
        builtins,
        leaveToRunTime([...this.#optional]),
        withoutAddons,
        moreLoaders(loaders, takeFile),
        decoratorHelpers,
        references(main, this.#around, this, { hasTsconfig: this.#tsconfig !== undefined, loaders }),
      ],
    } as const satisfies BuildOptions;
  }
}
