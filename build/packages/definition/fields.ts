import { entryDefaults } from '../../manifest/fields.ts';
import { choice, type Fields, list, map, record, string, stringLike } from '../../manifest/kinds.ts';
import { loaderNames } from '../project/loader-names.ts';
import { debianFields } from './debian-fields.ts';
import { externalKind } from './external-fields.ts';
import { sourceFields } from './source-fields.ts';

const imageName = stringLike(
  /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/,
  'a name of a-z and 0-9, with single ".", "_" or "-" between them',
);
const orgName = stringLike(
  /^[a-z0-9]+(?:[._-][a-z0-9]+)*(?::\d{1,5}(?=\/))?(?:[._/-][a-z0-9]+)*$/,
  'a name such as "kit" or "example.org/team"',
);
const tagTemplate = stringLike(
  /^(?:[\w.-]|\{\{ *\.Hash *\}\}){1,128}$/,
  'a tag, in which {{.Hash}} stands for the hash of all inputs',
);
const source = stringLike(/^[^\0]+\.(?:[cm]?[jt]s|[jt]sx)$/, 'the path of a TypeScript or JavaScript file');
const asset = stringLike(
  /^!?(?!\/|\.{1,2}(?:\/|$))(?!.*\/\.\.(?:\/|$))[^\0]+$/,
  'a path or a glob below the folder of build.yml, such as "views" or "sql/*.sql"',
);
const npmName = stringLike(/^(?:@[^@/\0]+\/)?[^@/\0]+$/, 'the name of an npm package');
/** An absolute path without `.` and `..`. */
export const guestPathPattern = /^(?:\/(?!\.\.?(?:\/|$))[^/\0]+)+$/;
const guestPath = stringLike(guestPathPattern, 'an absolute path in the machine');
const basePackage = stringLike(/^(?:\.{1,2}\/|pkg\/)[^\0]+$/, 'a package such as "pkg/libs" or "../libs"');

/** The fields of build.yml, for the parser and its messages; docs/packages.md describes them. */
export const buildFields = {
  image: { kind: imageName, help: 'Name of the image.', required: true },
  org: { kind: orgName, help: 'Organisation: the part of the name before the slash.', default: 'kit' },
  tag: { kind: tagTemplate, help: 'Tag of the image.', default: '{{.Hash}}' },
  arches: { kind: list(string), help: 'Architectures that the package supports.', default: 'amd64, arm64' },
  gitrepo: { kind: string, help: 'URL of the source repository; becomes a label.' },
  service: {
    kind: source,
    help: 'TypeScript program: `services/x/main.ts` of kit, or `./main.ts` beside build.yml.',
  },
  install: {
    kind: guestPath,
    help: 'Path of the bundled program in the image.',
    default: '/service/main.mjs',
  },
  entries: {
    kind: map(source),
    help: 'Further programs with bundles of their own: path in the image, and source.',
    default: 'none; workers that the program names are found',
  },
  assets: {
    kind: list(asset),
    help: 'Files that go beside the program, at their paths: files, folders, globs; `!` leaves out.',
    default: 'none; files that the program names are found',
  },
  loaders: {
    kind: map(choice(...loaderNames)),
    help: 'What an import of a file gives, by its ending: `.sql: text`.',
    default: 'the table of docs/node-projects.md',
  },
  external: {
    kind: externalKind,
    help: 'npm packages that stay packages: those with native addons, or that look for files of their own.',
    default: 'none: everything is bundled',
  },
  ignoreEngines: {
    kind: list(npmName),
    help: "npm packages to take although their `engines` exclude the machine's Node.",
    default: 'none',
  },
  icu: {
    kind: choice('english', 'full'),
    help: 'What `Intl` knows: English, or all languages with a Node of its own.',
    default: 'english',
  },
  debian: { kind: record(debianFields), help: 'Debian packages whose files the image contains.' },
  source: {
    kind: record(sourceFields),
    help: 'A build from source: of a Debian source package, or of sources in Debian packages.',
  },
  base: { kind: list(basePackage), help: 'Packages whose layers come below those of this one.' },
  symlinks: {
    kind: map(string),
    help: 'Symbolic links of the image, by path: `/etc/resolv.conf: /run/resolv.conf`. npm packages cannot contain any.',
  },
  entrypoint: { kind: list(string), help: 'Command of the image, for packages without `service`.' },
  labels: { kind: map(string), help: 'Labels of the image.' },
  config: {
    kind: record(entryDefaults),
    help: "Defaults for manifest entries that use the image (LinuxKit's label).",
  },
} as const satisfies Fields;

/** LinuxKit's fields for packages made with a Dockerfile. */
export const dockerFields: readonly string[] = [
  'dockerfile',
  'extra-sources',
  'network',
  'disable-cache',
  'buildArgs',
  'depends',
];
