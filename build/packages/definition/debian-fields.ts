import { boolean, type Fields, list, map, record, string, stringLike } from '../../manifest/kinds.ts';

const suite = stringLike(/^[a-z][a-z-]*$/, 'a Debian suite such as "trixie"');
const component = stringLike(/^[a-z][a-z-]*$/, 'a component of Debian such as "non-free-firmware"');
const packageName = stringLike(/^[a-z0-9](?:[a-z0-9+.-]|\{\{\.Arch\}\})+$/, 'the name of a Debian package');
const pathGlob = stringLike(/^\/[^\0]*$/, 'a path or a glob that begins with "/"');
const folder = stringLike(
  /^\/[^\0 ]* ?[0-7]{0,4}$/,
  'a path, or a path and an octal mode such as "/tmp 1777"',
);
const path = stringLike(/^\/(?!.*\.\.)[^\0]*$/, 'an absolute path');
const linkNames = list(stringLike(/^[^/\0]+$/, 'a file name'));

const linkFields = {
  in: { kind: path, help: 'Folder of the links.', required: true },
  to: { kind: string, help: 'Target of the links.', required: true },
  names: { kind: linkNames, help: 'Names of the links.', required: true },
} as const satisfies Fields;

const modules = list(stringLike(/^[\w*-]+$/, 'the name of a kernel module, where * stands for anything'));

const kernelFields = {
  modules: {
    kind: modules,
    help: 'Modules to include, with their dependencies. Modules that are built into the kernel are allowed.',
    required: true,
  },
  amd64: { kind: modules, help: 'Further modules, for amd64 only.', default: 'none' },
  arm64: { kind: modules, help: 'Further modules, for arm64 only.', default: 'none' },
} as const satisfies Fields;

/** The fields of `debian:` in a build.yml. */
export const debianFields = {
  suite: { kind: suite, help: 'Debian release.', default: 'trixie' },
  components: {
    kind: list(component),
    help: 'Parts of the archive: `main`, `contrib`, `non-free`, `non-free-firmware`.',
    default: 'main',
  },
  packages: {
    kind: list(packageName),
    help: 'Packages to install; `{{.Arch}}` in a name is `amd64` or `arm64`.',
    required: true,
  },
  depends: { kind: boolean, help: 'Include the dependencies of the packages.', default: 'true' },
  keep: { kind: list(string), help: 'Of all packages found, include only these; globs.', default: 'all' },
  include: { kind: list(pathGlob), help: 'Files to include: `/usr/bin/*`, `/etc/ssl/**`.', default: 'all' },
  exclude: {
    kind: list(pathGlob),
    help: 'Files to exclude; documentation is always excluded.',
    default: 'none',
  },
  strip: { kind: boolean, help: 'Strip programs and libraries.', default: 'false' },
  directories: { kind: list(folder), help: 'Folders to create: `/run`, `/tmp 1777`.', default: 'none' },
  links: { kind: list(record(linkFields)), help: 'Symbolic links to create.', default: 'none' },
  concat: {
    kind: map(pathGlob),
    help: 'Files to create: path, and the files that are concatenated into it.',
    default: 'none',
  },
  kernel: { kind: record(kernelFields), help: "Create LinuxKit's kernel image: /kernel and /kernel.tar." },
  firmware: {
    kind: list(packageName),
    help: 'For `kernel`: packages of the firmware that its modules name; nothing else of them is included.',
    default: 'none',
  },
} as const satisfies Fields;
