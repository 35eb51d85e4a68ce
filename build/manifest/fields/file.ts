import { boolean, choice, type Fields, record, string, stringLike } from '../kinds.ts';
import { idKind, octalKind } from './common-kinds.ts';

const filePath = stringLike(/^(?!.*(?:^|\/)\.\.(?:\/|$))[^\0]{1,4095}$/, 'a path without ".."');

/** An item of `files:`. */
export const fileFields = {
  path: {
    kind: filePath,
    help: 'Path in the root file system of the machine.',
    required: true,
    example: 'etc/motd',
  },
  directory: { kind: boolean, help: 'Creates a folder.', default: '`false`', example: true },
  symlink: {
    kind: stringLike(/^[^\0]{1,4095}$/, 'a path'),
    help: 'Creates a symbolic link with this target.',
    example: '/proc/mounts',
  },
  contents: { kind: string, help: 'The contents of the file.', example: 'Welcome\n' },
  source: {
    kind: string,
    help:
      'The file to copy: relative to the folder of the manifest, or else to the current ' +
      'folder; `~/` is the home folder.',
    example: '~/.ssh/id_ed25519.pub',
    linuxkit:
      'Relative to the current folder only, so the result of a build depends on where it is ' + 'started.',
  },
  metadata: {
    kind: choice('yaml', 'json'),
    help: 'Writes the merged manifest, in this format.',
    example: 'yaml',
    linuxkit: 'Its YAML has nested keys in lower case, which LinuxKit itself does not accept.',
  },
  optional: {
    kind: boolean,
    help: 'Skips the file if `source` does not exist.',
    default: '`false`',
    example: true,
  },
  mode: {
    kind: octalKind,
    help: 'Mode bits in octal, in quotes.',
    default: '`"0600"`; folders `"0700"`',
    example: '0644',
  },
  uid: {
    kind: idKind,
    help: 'User id of the owner: a number, or the name of an entry.',
    default: '0',
    example: 'web',
  },
  gid: { kind: idKind, help: 'Group id: a number, or the name of an entry.', default: '0', example: 'web' },
} as const satisfies Fields;

/** A file with exactly one kind of contents. */
export const fileKind = record(fileFields, {
  exactlyOneOf: ['directory', 'symlink', 'contents', 'source', 'metadata'],
});
