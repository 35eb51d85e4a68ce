import { boolean, type Fields, list, map, record, string, stringLike } from '../../manifest/kinds.ts';

const suite = stringLike(/^[a-z][a-z-]*$/, 'a Debian suite such as "trixie"');
const packageName = stringLike(/^[a-z0-9](?:[a-z0-9+.-]|\{\{\.Arch\}\})+$/, 'the name of a Debian package');
const pathGlob = stringLike(/^\/[^\0]*$/, 'a path or a glob that begins with "/"');
const folder = stringLike(
  /^\/[^\0 ]* ?[0-7]{0,4}$/,
  'a path, or a path and an octal mode such as "/tmp 1777"',
);
const path = stringLike(/^\/(?!.*\.\.)[^\0]*$/, 'an absolute path');
const linkNames = list(stringLike(/^[^/\0]+$/, 'a file name'));

const linkFields = {
  in: { kind: path, help: 'The folder that the links are in.', required: true },
  to: { kind: string, help: 'What they point to.', required: true },
  names: { kind: linkNames, help: 'Their names.', required: true },
} as const satisfies Fields;

const modules = list(stringLike(/^[\w*-]+$/, 'the name of a kernel module, where * stands for anything'));

const kernelFields = {
  modules: {
    kind: modules,
    help: 'Modules to take, with all that they need; those built into the kernel may be named too.',
    required: true,
  },
  amd64: { kind: modules, help: 'More modules, that only a kernel for amd64 has.', default: 'none' },
  arm64: { kind: modules, help: 'More modules, that only a kernel for arm64 has.', default: 'none' },
} as const satisfies Fields;

/** The fields of `debian:` in a build.yml. */
export const debianFields = {
  suite: { kind: suite, help: 'Release of Debian.', default: 'trixie' },
  packages: {
    kind: list(packageName),
    help: 'Packages to install; `{{.Arch}}` in a name is `amd64` or `arm64`.',
    required: true,
  },
  depends: { kind: boolean, help: 'Take what they depend on as well.', default: 'true' },
  keep: { kind: list(string), help: 'Of the packages found, take only these; globs.', default: 'all' },
  include: { kind: list(pathGlob), help: 'Files to take: `/usr/bin/*`, `/etc/ssl/**`.', default: 'all' },
  exclude: { kind: list(pathGlob), help: 'Files to leave out; documentation always is.', default: 'none' },
  strip: { kind: boolean, help: 'Strip programs and libraries.', default: 'false' },
  directories: { kind: list(folder), help: 'Folders to make: `/run`, `/tmp 1777`.', default: 'none' },
  links: { kind: list(record(linkFields)), help: 'Symbolic links to make.', default: 'none' },
  concat: {
    kind: map(pathGlob),
    help: 'Files to make: path, and the files it is the sum of.',
    default: 'none',
  },
  kernel: { kind: record(kernelFields), help: "Make LinuxKit's kernel image: /kernel and /kernel.tar." },
} as const satisfies Fields;
