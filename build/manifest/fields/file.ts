import { choice, type Fields, flag, record, text, textLike } from '../kinds.ts';
import { id, octal } from './words.ts';

const filePath = textLike(/^(?!.*(?:^|\/)\.\.(?:\/|$))[^\0]{1,4095}$/, 'a path without ".."');

/** An item of `files:`. */
export const fileFields = {
  path: { kind: filePath, help: 'Path in the machine.', required: true, example: 'etc/motd' },
  directory: { kind: flag, help: 'Make a folder.', default: '`false`', example: true },
  symlink: {
    kind: textLike(/^[^\0]{1,4095}$/, 'a path'),
    help: 'Make a symbolic link to this.',
    example: '/proc/mounts',
  },
  contents: { kind: text, help: 'The text of the file.', example: 'Welcome\n' },
  source: {
    kind: text,
    help: "A file to copy: relative to the manifest's folder, else to the current one; `~/` is home.",
    example: '~/.ssh/id_ed25519.pub',
    linuxkit: 'Relative to the current folder only, so that a build depends on where it is started.',
  },
  metadata: {
    kind: choice('yaml', 'json'),
    help: 'The merged manifest itself, in this form.',
    example: 'yaml',
    linuxkit: 'Its YAML spells nested keys in lower case, which it then refuses to read.',
  },
  optional: { kind: flag, help: 'Left out when `source` does not exist.', default: '`false`', example: true },
  mode: {
    kind: octal,
    help: 'Permission bits, in quotes.',
    default: '`"0600"`; folders `"0700"`',
    example: '0644',
  },
  uid: { kind: id, help: 'Owner: a number, or the name of an entry.', default: '0', example: 'web' },
  gid: { kind: id, help: 'Group: a number, or the name of an entry.', default: '0', example: 'web' },
} as const satisfies Fields;

/** A file has exactly one thing that says what it is. */
export const file = record(fileFields, {
  exactlyOneOf: ['directory', 'symlink', 'contents', 'source', 'metadata'],
});
