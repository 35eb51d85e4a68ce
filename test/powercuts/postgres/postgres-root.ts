import { chownSync, cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { kitRoot } from '../../../build/host/paths.ts';
import { readBuildYml } from '../../../build/packages/definition/build-yml.ts';
import { testWork } from '../../../build/testing.ts';
import { debianTree, type Tools } from '../../../build/tools/tree.ts';
import { mount, unmount } from '../../../lib/linux/mount/mount.ts';
import { type ProgramResult, runToEnd } from '../../../lib/linux/process/run-to-end.ts';
import { places } from '../../../services/postgres/places.ts';

/** The packages that pkg/postgres consists of, unpacked. */
export const postgresTrees = (): Promise<Tools[]> => Promise.all(['libs', 'postgres-programs'].map(treeOf));

async function treeOf(name: string): Promise<Tools> {
  const folder = join(kitRoot, 'pkg', name);
  const { source } = await readBuildYml(folder);
  if (source.kind !== 'debian') throw new Error(`pkg/${name} is not made of Debian packages`);
  return debianTree(`packages of pkg/${name}`, source.debian, join(folder, 'debian.lock.json'), testWork());
}

/** Debian's PostgreSQL in a root file system of its own, as the user that it has in a machine. */
export interface PostgresRoot {
  /** Runs one of its programs on a data folder. @param base the folder that holds it */
  run(base: string, program: string, args: readonly string[], input?: string): Promise<ProgramResult>;
}

const user = 70;

/** Mounts the root in an empty folder, in the mount namespace of this process. */
export function postgresRoot(folder: string, trees: readonly Tools[]): PostgresRoot {
  const [root, upper, work] = [join(folder, 'root'), join(folder, 'upper'), join(folder, 'work')];
  for (const path of [root, upper, work]) mkdirSync(path, { recursive: true });
  const lower = trees.map(({ dir }) => dir).join(':');
  mount('overlay', root, 'overlay', [`lowerdir=${lower}`, `upperdir=${upper}`, `workdir=${work}`]);
  for (const path of ['dev/shm', places.base, places.socket])
    mkdirSync(join(root, path), { recursive: true });
  cpSync(join(kitRoot, 'pkg/postgres/files/etc'), join(root, 'etc'), { recursive: true });
  mount('tmpfs', join(root, 'dev/shm'), 'tmpfs', ['mode=1777']);
  chownSync(join(root, places.socket), user, user);
  const env = { PATH: `${places.programs}:/usr/bin`, LC_ALL: 'C.UTF-8', TZ: 'UTC' };
  return {
    async run(base, program, args, input) {
      const target = join(root, places.base);
      mount(base, target, '', ['bind']);
      try {
        const ids = ['--setuid', String(user), '--setgid', String(user)];
        const inside = ['--root', root, '--wd', '/', ...ids, join(places.programs, program), ...args];
        return await runToEnd('/usr/bin/unshare', inside, { env, input });
      } finally {
        unmount(target);
      }
    },
  };
}
