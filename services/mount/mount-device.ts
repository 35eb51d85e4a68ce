import { describeContent } from '../../lib/disks/observe/content.ts';
import { type Disk, listDisks } from '../../lib/disks/programs/block-devices.ts';
import { contentOf } from '../../lib/disks/programs/content-of.ts';
import { isLinuxPartition, readPartitionTable } from '../../lib/disks/programs/partition-table.ts';
import type { RunProgram } from '../../lib/disks/run-program.ts';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import { makeFolder } from '../../lib/files/make-folder.ts';
import { mount } from '../../lib/linux/mount/mount.ts';
import { isMounted, listMounts, mountOf } from '../../lib/linux/mount/mountinfo.ts';
import type { MountSettings, MountSource } from './arguments.ts';
import { linkByUuid } from './link-by-uuid.ts';

export interface MountTools {
  readonly run: RunProgram;
  say(line: string): void;
  /** The machine's disks; others for tests. */
  readonly disks?: () => Disk[];
  /** Folder of links to devices; another one for tests. */
  readonly links?: string;
}

/** Mounts a file system, and makes links to all in /dev/disk/by-uuid. @throws KitError */
export async function mountDevice({ source, target }: MountSettings, tools: MountTools): Promise<void> {
  if (isMounted(target)) throw new KitError(`Cannot mount at "${target}": something is mounted there`);
  const device = await deviceOf(source, tools);
  const content = await contentOf(device, tools.run);
  if (content.kind !== 'file system' || content.type === 'swap')
    throw new KitError(`Cannot mount "${device}": it holds ${describeContent(content)}`, {
      hint: content.kind === 'luks' ? 'pkg/dm-crypt opens it' : 'pkg/format makes a file system',
    });
  makeFolder(target);
  refuseHidden(target);
  try {
    mount(device, target, content.type);
  } catch (thrown) {
    throw new KitError(`Cannot mount "${device}" at "${target}": ${reasonOf(thrown)}`, { cause: thrown });
  }
  tools.say(`mounted ${describeContent(content)} of ${device} at ${target}`);
  await linkByUuid(tools);
}

/** A mount on the container's own root ends with it, and nobody else sees it. */
function refuseHidden(target: string): void {
  if (mountOf(target, listMounts())?.target !== '/') return;
  throw new KitError(`Cannot mount at "${target}": only this container would see it`, {
    hint: 'take a folder below /var, or bind another one: "/srv:/srv:rshared,rbind"',
  });
}

async function deviceOf(source: MountSource | undefined, tools: MountTools): Promise<string> {
  if (source === undefined) return firstPartition(tools);
  if ('device' in source) return source.device;
  const tag = `${source.tag}=${source.value}`;
  const { stdout } = await tools.run('blkid', ['-c', '/dev/null', '-t', tag, '-o', 'device']);
  const [found, ...others] = stdout.split('\n').filter(Boolean);
  if (found === undefined) throw new KitError(`Cannot mount: no device has ${tag}`);
  if (others.length > 0)
    throw new KitError(`Cannot mount: ${[found, ...others].join(' and ')} have ${tag}`, {
      hint: 'name the device',
    });
  return found;
}

/** The first partition for Linux that is not mounted. */
async function firstPartition({ run, say, disks = listDisks }: MountTools): Promise<string> {
  const used = new Set(listMounts().map((mounted) => mounted.source));
  for (const { path } of disks()) {
    const table = await readPartitionTable(path, run);
    for (const partition of table?.partitions.filter(isLinuxPartition) ?? []) {
      if (!used.has(partition.node)) return partition.node;
      say(`${partition.node} is mounted already`);
    }
  }
  throw new KitError('Cannot mount: no disk has a partition for Linux that is not mounted');
}
