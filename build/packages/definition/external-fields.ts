import type { SourcePosition } from '../../../lib/errors/errors.ts';
import {
  boolean,
  either,
  type Fields,
  list,
  record,
  stringLike,
  type ValueOf,
} from '../../manifest/kinds.ts';

const npmName = stringLike(
  /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[A-Za-z0-9~-][A-Za-z0-9._~-]{0,213}$/,
  'the name of an npm package, such as "sharp" or "@img/colour"',
);

/** The fields of an entry of `external:` in a build.yml. */
export const externalFields = {
  name: { kind: npmName, help: 'Name of the package, as package.json has it.', required: true },
  build: {
    kind: either(boolean, list(npmName)),
    help: 'Run the install scripts of the package, or of these of its dependencies, without network.',
    default: 'false',
  },
} as const satisfies Fields;

export const externalKind = list(either(npmName, record(externalFields)));

/** An npm package that is not bundled. */
export interface ExternalPackage {
  readonly name: string;
  /** Where build.yml names it. */
  readonly place: SourcePosition;
  /** Names of packages whose install scripts run: its own, or those of its dependencies. */
  readonly build: readonly string[];
}

/** @param placeOf position of an entry of the list */
export function externalPackages(
  value: ValueOf<typeof externalKind>,
  placeOf: (at: number) => SourcePosition,
): ExternalPackage[] {
  return value.map((entry, at) => {
    const place = placeOf(at);
    if (typeof entry === 'string') return { name: entry, build: [], place };
    const { name, build } = entry;
    return { name, place, build: build === true ? [name] : build ? [...build] : [] };
  });
}
