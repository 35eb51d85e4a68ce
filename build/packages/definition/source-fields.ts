import type { DebianSource } from '../../debian/source.ts';
import { debianSource } from '../../debian/source.ts';
import { type Fields, list, map, type RecordOf, string, stringLike } from '../../manifest/kinds.ts';
import { debianFields } from './debian-fields.ts';

const packageName = stringLike(/^[a-z0-9][a-z0-9+.-]+$/, 'the name of a Debian package');
const size = stringLike(/^[1-9]\d{0,5} ?[MG]iB$/, 'a size such as "4 GiB"');
const outputPath = stringLike(
  /^(?!\/|\.{1,2}(?:\/|$))(?!.*\/\.\.(?:\/|$))[^\0]+$/,
  'a path below the folder of the build, such as "out/program"',
);

/** The fields of `source:` in a build.yml. */
export const sourceFields = {
  suite: debianFields.suite,
  components: debianFields.components,
  package: {
    kind: packageName,
    help: "Debian's source package: its files, patched, are the folder `source` of the build.",
    default: 'none',
  },
  tools: {
    kind: list(packageName),
    help: 'Debian packages, with their dependencies, that are /usr during the build: compilers, libraries, sources.',
    required: true,
  },
  run: {
    kind: list(string),
    help: 'Commands for sh, in a folder of their own, without network.',
    required: true,
  },
  files: {
    kind: map(outputPath),
    help: 'What goes into the image: path there, and path below the folder of the build.',
    required: true,
  },
  contains: {
    kind: list(string),
    help: 'Of `tools`, those whose code is in the result, for the bill of materials; globs.',
    default: 'none',
  },
  memory: {
    kind: size,
    help: 'The most memory that each program of the build may use for its data.',
    default: '4 GiB',
  },
} as const satisfies Fields;

/** What is built, of what, and how. */
export interface BuildSource {
  /** The tools and the source package, as they are locked. */
  readonly debian: DebianSource;
  readonly run: readonly string[];
  /** Paths below the folder of the build, by paths in the image. */
  readonly files: Readonly<Record<string, string>>;
  readonly contains: readonly string[];
  /** KiB */
  readonly memoryKiB: number;
}

/** Every build has these: the sandbox needs some, and commands expect the others. */
const always = [
  ...['bash', 'busybox-static', 'bzip2', 'coreutils', 'dash', 'diffutils', 'findutils', 'grep', 'gzip'],
  ...['make', 'mawk', 'patch', 'sed', 'tar', 'util-linux', 'xz-utils', 'zstd'],
];

export function buildSource(yml: RecordOf<typeof sourceFields>): BuildSource {
  const {
    suite,
    components,
    package: sourcePackage,
    tools,
    run,
    files,
    contains = [],
    memory = '4 GiB',
  } = yml;
  const packages = [...new Set([...always, ...tools])];
  const given = {
    ...(suite !== undefined && { suite }),
    ...(components !== undefined && { components }),
    ...(sourcePackage !== undefined && { sourcePackage }),
  };
  const unit = memory.endsWith('GiB') ? 1 << 20 : 1 << 10;
  return {
    debian: debianSource({ packages, ...given }),
    ...{ run, files, contains, memoryKiB: Number.parseInt(memory, 10) * unit },
  };
}
