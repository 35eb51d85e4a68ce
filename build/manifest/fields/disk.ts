import { diskFailures, fileSystemTypes } from '../../../lib/bundle/disks.ts';
import { boolean, choice, either, type Fields, record, stringLike } from '../kinds.ts';
import { absolutePathKind } from './common-kinds.ts';

const linuxkit = 'Not supported: packages format and mount disks.';

/** 1024³ bytes unless a letter says otherwise, as for `kit run --disk`. */
const size = stringLike(/^\d{1,9}[MGT]?$/, 'a size such as "10G", "512M" or "2T"');

const label = stringLike(/^[A-Za-z0-9][A-Za-z0-9_.:-]{0,254}$/, 'a label of letters, digits and "_.:-"');

const sizeRange = record({
  min: { kind: size, help: 'The least size.', default: 'any', example: '10G', linuxkit },
  max: { kind: size, help: 'The greatest size.', default: 'any', example: '100G', linuxkit },
});

/** `match` of an item of `disks:`: one key. */
const matchFields = {
  serial: {
    kind: stringLike(/^[!-~][ -~]{0,63}$/, 'a serial number of up to 64 characters'),
    help: 'Serial number of the disk. With `kit run`: `--disk data.img,serial=kit-data`.',
    example: 'kit-data',
    linuxkit,
  },
  label: {
    kind: label,
    help: 'Label of a file system that is there already: such a disk is never formatted.',
    example: 'data',
    linuxkit,
  },
  uuid: {
    kind: stringLike(/^[0-9A-Fa-f-]{4,36}$/, 'the UUID of a file system'),
    help: 'UUID of a file system that is there already.',
    example: '0b3f1c5e-4a0e-4f7c-9f57-7f1f1f3e7a10',
    linuxkit,
  },
  partuuid: {
    kind: stringLike(/^[0-9A-Fa-f-]{4,36}$/, 'the UUID of a partition'),
    help: 'UUID of a partition.',
    example: '5b1c1a9e-9b0a-4f2f-8f3e-2f2a7a3f9d11',
    linuxkit,
  },
  path: {
    kind: stringLike(/^\/dev\/[A-Za-z0-9._/-]{1,60}$/, 'a device such as "/dev/vdb"'),
    help: 'The device. What the kernel calls `/dev/vdb` may be another disk after the next boot.',
    example: '/dev/vdb',
    linuxkit,
  },
  size: {
    kind: sizeRange,
    help: 'The one disk whose size lies in this range.',
    example: { min: '10G', max: '20G' },
    linuxkit,
  },
  'first-empty': {
    kind: boolean,
    help: 'The disk that has been prepared for this entry; if there is none, the first one that holds nothing.',
    example: true,
    linuxkit,
  },
} as const satisfies Fields;

const matchRules = {
  exactlyOneOf: ['serial', 'label', 'uuid', 'partuuid', 'path', 'size', 'first-empty'],
} as const;

/** `key` of `encrypt`: one key. */
const keyFields = {
  file: {
    kind: absolutePathKind,
    help: 'All bytes of a file in the machine, a newline at its end as well.',
    example: '/etc/keys/data',
    linuxkit,
  },
  metadata: {
    kind: stringLike(
      /^(?!\.)[A-Za-z0-9._-]{1,64}(?:\/(?!\.)[A-Za-z0-9._-]{1,64}){0,7}$/,
      'the path of a file below /run/config, such as "keys/data"',
    ),
    help: 'A file that the metadata brings, below /run/config. The disks then come after pkg/metadata.',
    example: 'keys/data',
    linuxkit,
  },
  keyctl: {
    kind: stringLike(/^[!-~]{1,128}$/, 'the description of a key, of up to 128 characters without spaces'),
    help: 'A key of type "user" in the keyring of root (`@u`), where an earlier entry of `onboot` has put it.',
    example: 'kit:data',
    linuxkit,
  },
  tpm: {
    kind: boolean,
    help: "A key that is drawn when the disk is encrypted, and that the machine's TPM 2.0 alone gives again.",
    example: true,
    linuxkit,
  },
} as const satisfies Fields;

const encryptFields = {
  luks2: {
    kind: boolean,
    help: 'LUKS2, the one format for a key that outlives the boot.',
    default: '`true`; with a throw-away key, `false`',
    example: true,
    linuxkit,
  },
  key: {
    kind: either(
      choice('throwaway'),
      record(keyFields, { exactlyOneOf: ['file', 'metadata', 'keyctl', 'tpm'] }),
    ),
    help:
      'Where the key comes from: a map with one key; or `throwaway`, for swap: a key that is drawn at each boot, and ' +
      'that nobody ever sees.',
    required: true,
    example: { tpm: true },
    linuxkit,
  },
} as const satisfies Fields;

/** An item of `disks:`. */
export const diskFields = {
  name: {
    kind: stringLike(/^[a-z0-9][a-z0-9_-]{0,31}$/, 'a name of up to 32 characters: a-z, 0-9, "_" and "-"'),
    help: 'Name of the disk in `volumes` and in messages.',
    required: true,
    example: 'data',
    linuxkit,
  },
  match: {
    kind: record(matchFields, matchRules),
    help: 'Which disk it is: one key. Two disks that match are an error, and neither is touched.',
    required: true,
    example: { serial: 'kit-data' },
    linuxkit,
  },
  partition: {
    kind: record({
      table: { kind: choice('gpt'), help: 'The kind of partition table.', required: true, linuxkit },
    }),
    help: 'The disk gets a partition table with one partition, which holds the file system.',
    default: 'the file system takes the whole device',
    example: { table: 'gpt' },
    linuxkit,
  },
  encrypt: {
    kind: record(encryptFields),
    help:
      'What is on the disk, or in its partition, is encrypted. A container that the key does not open is an error, and ' +
      'is never made anew.',
    default: 'it is not',
    example: { luks2: true, key: { tpm: true } },
    linuxkit,
  },
  filesystem: {
    kind: record({
      type: { kind: choice(...fileSystemTypes), help: 'Type.', default: '`ext4`', example: 'ext4', linuxkit },
      label: {
        kind: label,
        help: 'Label; up to 16 characters for ext4, 12 for xfs, 15 for swap.',
        default: 'that of `match`, or the name of the disk',
        example: 'data',
        linuxkit,
      },
    }),
    help: 'The file system, which is made on a disk that holds nothing. One of another type or label is an error.',
    default: '`{type: ext4}`',
    example: { type: 'ext4', label: 'data' },
    linuxkit,
  },
  mount: {
    kind: absolutePathKind,
    help: 'Mount point in the machine. It is made if it is missing.',
    default: '`/run/kit/disks/NAME`; for swap, none',
    example: '/var/data',
    linuxkit,
  },
  grow: {
    kind: boolean,
    help: 'At each boot, partition and file system take what a disk that has become larger offers.',
    default: '`false`',
    example: true,
    linuxkit,
  },
  trim: {
    kind: boolean,
    help: 'Once a week, the disk is told which blocks hold nothing, so that it can use them for something else.',
    default: '`true`',
    example: false,
    linuxkit,
  },
  swapFile: {
    kind: size,
    help: 'Swap space of this size, as a file on the disk (ext4 and xfs).',
    default: 'none',
    example: '1G',
    linuxkit,
  },
  wipe: {
    kind: boolean,
    help: 'A disk that holds anything else than what is asked for here loses it, at any boot.',
    default: '`false`: such a disk is an error and stays as it is',
    example: true,
    linuxkit,
  },
  onFailure: {
    kind: choice(...diskFailures),
    help: 'What follows when the disk is missing, or not as asked for.',
    default: '`continue`; services that bind a volume of the disk then do not start',
    example: 'halt',
    linuxkit,
  },
} as const satisfies Fields;
