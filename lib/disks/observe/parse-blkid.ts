import type { Content, ProbedDevice } from './content.ts';

/** More than blkid ever says about one device. */
export const blkidLimits = { bytes: 16 << 10, values: 64, value: 1024 } as const;

/** What blkid says about a device. */
export type Probe = Pick<ProbedDevice, 'content' | 'partitionName' | 'partitionUuid'>;

/** blkid(8): 0 something was found, 2 nothing, 8 several things that exclude each other. */
const status = { found: 0, nothing: 2, ambivalent: 8 } as const;

/**
 * Reads the output of `blkid --probe --output export`: lines `KEY=value`, in which blkid escapes what a shell
 * would read otherwise by a backslash. Anything unexpected counts as unreadable, and nothing as empty but the
 * word of blkid.
 * @param exitStatus of blkid
 */
export function parseBlkid(text: string, exitStatus: number): Probe {
  const values = blkidValues(text);
  if (values === undefined) return unreadable('the answer of blkid is too long');
  const partition = {
    partitionName: values.get('PART_ENTRY_NAME') ?? '',
    partitionUuid: (values.get('PART_ENTRY_UUID') ?? '').toLowerCase(),
  };
  switch (exitStatus) {
    case status.found:
      return { content: contentOf(values), ...partition };
    case status.nothing:
      return { content: { kind: 'nothing' }, ...partition };
    case status.ambivalent:
      return { content: { kind: 'other', what: 'several things at once' }, ...partition };
    default:
      return unreadable(`blkid ended with status ${exitStatus}`);
  }
}

const unreadable = (why: string): Probe => ({
  ...{ content: { kind: 'unreadable', why }, partitionName: '', partitionUuid: '' },
});

function blkidValues(text: string): Map<string, string> | undefined {
  if (Buffer.byteLength(text) > blkidLimits.bytes) return undefined;
  const values = new Map<string, string>();
  for (const line of text.split('\n')) {
    const at = line.indexOf('=');
    if (at <= 0) continue;
    const value = line.slice(at + 1).replace(/\\(.)/g, '$1');
    if (values.size >= blkidLimits.values || value.length > blkidLimits.value) return undefined;
    values.set(line.slice(0, at), value);
  }
  return values;
}

function contentOf(values: ReadonlyMap<string, string>): Content {
  const [type, usage, table] = ['TYPE', 'USAGE', 'PTTYPE'].map((key) => values.get(key));
  const [label = '', id = '', version = ''] = ['LABEL', 'UUID', 'VERSION'].map((key) => values.get(key));
  const uuid = id.toLowerCase();
  if (type !== undefined && table !== undefined)
    return { kind: 'other', what: `${type} and a partition table (${table})` };
  if (table !== undefined) return { kind: 'table', table };
  if (type === undefined) {
    // A partition of an empty disk: blkid found its row in the table, and nothing in it.
    const isRow = [...values.keys()].every((key) => key === 'DEVNAME' || key.startsWith('PART_ENTRY_'));
    return isRow ? { kind: 'nothing' } : { kind: 'other', what: 'something that blkid has no name for' };
  }
  if (usage === 'filesystem' || type === 'swap') return { kind: 'file system', type, label, uuid };
  if (type === 'crypto_LUKS') return { kind: 'luks', version, label, uuid };
  return { kind: 'other', what: type };
}

/** The types of all signatures: the last column of `wipefs --no-act --parsable`, after an offset. */
export const signatureTypes = (text: string): string[] =>
  text
    .split('\n')
    .flatMap((line) => (line === '' || line.startsWith('#') ? [] : [line.split(',').at(-1) ?? '']));
