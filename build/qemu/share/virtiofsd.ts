import { statSync } from 'node:fs';
import type { ShareOption } from '../../backend/request/shares.ts';
import { debianSource } from '../../debian/source.ts';
import { dataFile } from '../../host/paths.ts';
import { type ToolCommand, toolCommand } from '../../tools/command.ts';
import { debianTree, type Tools } from '../../tools/tree.ts';
import type { Work } from '../../work.ts';
import { shareSocket } from './share-arguments.ts';

/** Without uidmap, whose setuid programs would not work outside the host's own folders. */
const source = debianSource({
  packages: ['libc6', 'libcap-ng0', 'libgcc-s1', 'libseccomp2', 'virtiofsd'],
  depends: false,
});

/** Downloaded when the first folder is shared. */
export const virtiofsdTools = (work: Work): Promise<Tools> =>
  debianTree('program that shares folders', source, dataFile('build/qemu/share/virtiofsd.lock.json'), work);

/**
 * The ways in which virtiofsd locks itself into the folder, the best one first. Not `none`, which it also
 * has: names that a guest makes or removes may have slashes for it (1.13.2), so only the lock stops `../x`.
 */
export const sandboxes = ['namespace', 'chroot'] as const;
export type Sandbox = (typeof sandboxes)[number];

export interface ServedShare extends Pick<ShareOption, 'path' | 'readOnly'> {
  /** Among the machine's shares. */
  readonly index: number;
  readonly sandbox: Sandbox;
  /** Whether this host's kernel has seccomp. */
  readonly seccomp: boolean;
}

/** The command that serves a folder, to be run in the machine's folder. */
export function virtiofsdCommand(tools: Tools, share: ServedShare): ToolCommand {
  const { uid, gid } = ownerOf(share.path);
  return toolCommand(tools, 'virtiofsd', [
    ...[`--socket-path=${shareSocket(share.index)}`, `--shared-dir=${share.path}`],
    ...[`--sandbox=${share.sandbox}`, `--seccomp=${share.seccomp ? 'kill' : 'none'}`],
    ...(share.readOnly ? ['--readonly'] : []),
    // No devices, and no capabilities of files: only root could make them.
    '--modcaps=-mknod:-setfcap',
    '--announce-submounts',
    // As it is: only some users may raise it.
    '--rlimit-nofile=0',
    ...squashed('uid', uid),
    ...squashed('gid', gid),
  ]);
}

/** The user whom the guest's files belong to on the host: who started kit, or for root the folder's owner. */
function ownerOf(path: string): { readonly uid: number; readonly gid: number } {
  const [uid, gid] = [process.geteuid?.() ?? 0, process.getegid?.() ?? 0];
  return uid === 0 ? statSync(path) : { uid, gid };
}

/** Any id of the guest becomes that of the owner, whose files are root's in the guest. */
const squashed = (kind: 'uid' | 'gid', id: number): string[] => [
  `--translate-${kind}=squash-guest:0:${id}:${2 ** 32 - 1}`,
  `--translate-${kind}=host:${id}:0:1`,
];
