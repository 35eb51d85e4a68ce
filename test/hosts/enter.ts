import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, openSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mount } from '../../lib/linux/mount/mount.ts';
import { enterRoot } from '../../lib/linux/mount/root.ts';

/** A command in another root; `enter.ts FILE` runs the one in a JSON file. */
export interface Entry {
  /** An empty folder. */
  readonly root: string;
  /** Folders and files of the host, by their place in the root. */
  readonly binds: Readonly<Record<string, { readonly from: string; readonly writable?: boolean }>>;
  readonly files: Readonly<Record<string, string>>;
  readonly links: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** The user that the command runs as; 0 in a user namespace of the caller. */
  readonly uid: number;
}

/*
 * Run in a mount namespace of its own. The new root is moved over the old one, since no user namespace can be
 * made in a chroot (user_namespaces(7)).
 */
const entry = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Entry;
const { root, uid } = entry;
const within = (path: string): string => join(root, path);

mount('root', root, 'tmpfs', ['mode=755']);
for (const [path, { from, writable }] of Object.entries(entry.binds)) {
  mkdirSync(within(path), { recursive: true });
  mount(from, within(path), '', writable ? ['rbind'] : ['rbind', 'ro']);
}
for (const [path, text] of Object.entries(entry.files)) {
  mkdirSync(dirname(within(path)), { recursive: true });
  writeFileSync(within(path), text, { mode: path.includes('/bin/') ? 0o755 : 0o644 });
}
for (const [path, target] of Object.entries(entry.links)) symlinkSync(target, within(path));
mkdirSync(within('tmp'));
chmodSync(within('tmp'), 0o1777);

process.chdir(root);
const here = openSync('.', 'r');
mount('.', '/', '', ['move']);
enterRoot(here);
const [file = '', ...args] = entry.command;
const child = spawn(file, args, { cwd: entry.cwd, env: entry.env, uid, gid: uid, stdio: 'inherit' });
const [status] = await once(child, 'close');
process.exitCode = status ?? 255;
