import { execFileSync } from 'node:child_process';

/** Packs a folder with DEBIAN/control as a .deb: files owned by root, readable by all, whatever the umask. */
export function packDeb(folder: string, file: string): void {
  execFileSync('chmod', ['-R', 'u=rwX,go=rX', folder]);
  execFileSync('dpkg-deb', ['--root-owner-group', '-b', folder, file], { stdio: 'pipe' });
}
