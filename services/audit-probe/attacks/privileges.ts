import { existsSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { type Attacks, type Attempt, trialFile } from '../attack.ts';

export const privileges: Attacks = {
  'no-new-privileges': () => statusIs('NoNewPrivs', '1'),
  'seccomp-filter': () => statusIs('Seccomp', '2'),
  capabilities: heldCapabilities,
  'root-files': writeToRoot,
  namespaces: listNamespaces,
};

const statusOf = (field: string): string | undefined =>
  new RegExp(`^${field}:\\s*(\\S+)$`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))?.[1];

/** What the kernel says about this process (proc_pid_status(5)). */
function statusIs(field: string, wanted: string): Attempt {
  const found = statusOf(field);
  return found === wanted ? undefined : `${field} is ${found ?? 'unknown'}`;
}

/** Of the effective set, the mask; the report names its bits. */
function heldCapabilities(): Attempt {
  const mask = statusOf('CapEff') ?? '';
  return /^0*$/.test(mask) ? undefined : mask;
}

/** A program is replaced, or added, that the next one runs who trusts the root file system. */
function writeToRoot(): Attempt {
  const folders = ['/', '/usr/bin', '/bin', '/etc'].filter((path) => existsSync(path));
  const written: string[] = [];
  let refused: unknown;
  for (const folder of folders) {
    const path = trialFile(folder);
    try {
      writeFileSync(path, '');
      rmSync(path);
      written.push(folder);
    } catch (thrown) {
      refused = thrown;
    }
  }
  if (written.length > 0) return `wrote to ${written.join(' ')}`;
  throw refused;
}

/** Facts, no attack: the report compares them with those of the machine and of the other services. */
function listNamespaces(): Attempt {
  const kinds = ['user', 'pid', 'ipc', 'uts', 'cgroup', 'net'];
  const words = kinds.map((kind) => readlinkSync(`/proc/self/ns/${kind}`).replace(/[^\w:]/g, ''));
  // user_namespaces(7): first id inside, first id outside, how many.
  const [, first = '0', count = '0'] = readFileSync('/proc/self/uid_map', 'utf8').trim().split(/\s+/);
  return [...words, `uids:${first}+${count}`].join(' ');
}
