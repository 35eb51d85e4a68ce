import { readFileSync } from 'node:fs';

/** One line of /proc/self/mountinfo (proc_pid_mountinfo(5)). */
export interface MountInfo {
  readonly id: number;
  readonly parent: number;
  readonly target: string;
  readonly options: readonly string[];
  /** `ext4` */
  readonly type: string;
  /** `/dev/vda1`; for file systems without a device, any text that was passed to mount(2). */
  readonly source: string;
  /** Those of the file system, as opposed to `options`, those of this mount: `lowerdir=/a:/b`. */
  readonly settings: readonly string[];
}

/** All mounts of this process's mount namespace, in the order the kernel lists them. */
export function listMounts(): MountInfo[] {
  return parseMountInfo(readMountInfo());
}

/** Whether a path is a mount point. */
export function isMounted(target: string, text: string = readMountInfo()): boolean {
  // A cheap check first: a machine has hundreds of mounts, and this is called for each service. Paths that
  // the kernel escapes are not in the text as they are.
  const mentioned = /[\s\\]/.test(target) || text.includes(` ${target} `);
  return mentioned && parseMountInfo(text).some((mounted) => mounted.target === target);
}

/** The mount that a path lies on. `path`: absolute, without symbolic links. */
export function mountOf(path: string, mounts: readonly MountInfo[] = listMounts()): MountInfo | undefined {
  const above = mounts.filter(({ target }) => isAtOrBelow(path, target));
  // The last one of those with the longest path: an earlier one lies below it.
  return above.reduce<MountInfo | undefined>(
    (best, mount) => (best && best.target.length > mount.target.length ? best : mount),
    undefined,
  );
}

/** The mount points below a folder, each once, the outer ones first. `folder`: as above. */
export function mountPointsBelow(folder: string, mounts: readonly MountInfo[] = listMounts()): string[] {
  const below = mounts.filter(({ target }) => target !== folder && isAtOrBelow(target, folder));
  return [...new Set(below.map(({ target }) => target))].sort();
}

function isAtOrBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);
}

const readMountInfo = (): string => readFileSync('/proc/self/mountinfo', 'utf8');

/** Parses mountinfo. Lines of another shape are skipped: a newer kernel may add some. */
export function parseMountInfo(text: string): MountInfo[] {
  return text.split('\n').flatMap((line) => {
    // 36 35 98:0 /root /target rw,noatime master:1 - ext3 /dev/root rw,errors=continue
    const [before = '', after] = line.split(' - ', 2);
    const [id, parent, , , target, options] = before.split(' ');
    const [type, source, settings = ''] = after?.split(' ') ?? [];
    if (!target || options === undefined || !type || source === undefined) return [];
    return [
      {
        id: Number(id),
        parent: Number(parent),
        target: unescapeOctal(target),
        options: options.split(','),
        type,
        source: unescapeOctal(source),
        settings: settings.split(',').map(unescapeOctal),
      },
    ];
  });
}

/** The kernel escapes space, tab, newline and backslash in octal (`\040`). */
function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_all, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}
