/** What a block device holds. */
export type Content =
  | { readonly kind: 'nothing' }
  /** Swap, too. Empty texts for what it does not have. */
  | {
      readonly kind: 'file system';
      readonly type: string;
      readonly label: string;
      readonly uuid: string;
    }
  /** A LUKS container; its version is `1` or `2`. */
  | { readonly kind: 'luks'; readonly version: string; readonly label: string; readonly uuid: string }
  /** `gpt`, `dos`, … */
  | { readonly kind: 'table'; readonly table: string }
  /** A member of a RAID or of LVM, or several things at once; in words: `LVM2_member`. */
  | { readonly kind: 'other'; readonly what: string }
  | { readonly kind: 'unreadable'; readonly why: string };

const composed = /^(?:loop|ram|zram|nbd|dm-|md|fd|mtd|sr)/;

/** Whether a device is made of others or of memory, or is an optical or floppy drive. */
export const isComposed = (name: string): boolean => composed.test(name);

/** A disk or a partition, as sysfs shows it. */
export interface BlockDevice {
  /** `vdb`, `vdb1` */
  readonly name: string;
  /** `/dev/vdb1` */
  readonly path: string;
  readonly bytes: number;
  /** Of a sector as the device counts them: 512 or 4096. */
  readonly sectorBytes: number;
  readonly readOnly: boolean;
  /** Of the disk. */
  readonly serial: string | undefined;
  /** Of a partition: the name of its disk. */
  readonly disk: string | undefined;
  /** `mounted on /var`, `used by dm-0`; undefined for a device that nobody uses. */
  readonly usedBy: string | undefined;
}

export interface ProbedDevice extends BlockDevice {
  readonly content: Content;
  /** Of a partition in a GPT; empty where it has no name. */
  readonly partitionName: string;
  /** In lower case. */
  readonly partitionUuid: string;
}

/** In words, for messages: `ext4 with label "data"`, `a partition table (gpt)`. */
export function describeContent(content: Content): string {
  switch (content.kind) {
    case 'nothing':
      return 'nothing';
    case 'file system':
      return withLabel(content.type, content.label);
    case 'luks':
      return withLabel(`LUKS${content.version}`, content.label);
    case 'table':
      return `a partition table (${content.table})`;
    case 'other':
      return content.what;
    default:
      return `what cannot be read: ${content.why}`;
  }
}

const withLabel = (what: string, label: string): string =>
  label === '' ? `${what} without a label` : `${what} "${label}"`;
