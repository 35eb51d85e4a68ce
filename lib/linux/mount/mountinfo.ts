import { readFileSync } from 'node:fs';

/** One line of /proc/self/mountinfo (proc_pid_mountinfo(5)). */
export interface MountInfo {
  readonly id: number;
  readonly parent: number;
  readonly target: string;
  readonly options: readonly string[];
  /** `ext4` */
  readonly type: string;
  /** `/dev/vda1`; for file systems without a device whatever mount(2) was told. */
  readonly source: string;
}

/** All mounts of this process's mount namespace, in the order the kernel lists them. */
export function listMounts(): MountInfo[] {
  return parseMountInfo(readMountInfo());
}

/** Whether something is mounted at this very path. A machine has mounts by the hundred, and asks this for each service. */
export function isMounted(target: string, text: string = readMountInfo()): boolean {
  // Names that the kernel writes otherwise are found by reading all of them.
  const mentioned = /[\s\\]/.test(target) || text.includes(` ${target} `);
  return mentioned && parseMountInfo(text).some((mounted) => mounted.target === target);
}

const readMountInfo = (): string => readFileSync('/proc/self/mountinfo', 'utf8');

/** Reads mountinfo; lines of another shape are passed over, as a newer kernel may add some. */
export function parseMountInfo(text: string): MountInfo[] {
  return text.split('\n').flatMap((line) => {
    // 36 35 98:0 /root /target rw,noatime master:1 - ext3 /dev/root rw,errors=continue
    const [before = '', after] = line.split(' - ', 2);
    const [id, parent, , , target, options] = before.split(' ');
    const [type, source] = after?.split(' ') ?? [];
    if (!target || options === undefined || !type || source === undefined) return [];
    return [
      {
        id: Number(id),
        parent: Number(parent),
        target: unescapeOctal(target),
        options: options.split(','),
        type,
        source: unescapeOctal(source),
      },
    ];
  });
}

/** The kernel writes space, tab, newline and backslash as \040 and the like; all other bytes as they are. */
function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_all, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}
