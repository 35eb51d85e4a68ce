import type { IcuData } from '../node-runtime/english-data.ts';
import type { LoaderName } from './loader-names.ts';
import type { AssetPattern } from './taken-files.ts';

/** A program of the user, as build.yml describes it. */
export interface ProjectProgram {
  /** Absolute path of its main module. */
  readonly main: string;
  /** Path of the bundle in the image. */
  readonly install: string;
  /** Further programs: the path of the bundle in the image, and the absolute path of its main module. */
  readonly entries: ReadonlyMap<string, string>;
  readonly assets: readonly AssetPattern[];
  /** What imports give, by the ending of the file: replaces or adds to `defaultLoaders`. */
  readonly loaders: Readonly<Record<string, LoaderName>>;
  /** npm packages that are not bundled. */
  readonly external: readonly string[];
  /** npm packages that run on the machine's Node, whatever they state. */
  readonly ignoreEngines: readonly string[];
  readonly icu: IcuData;
}
