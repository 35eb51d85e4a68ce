import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { writeLaunch } from '../../build/backend/launch-file.ts';
import { type GuestEnding, testInstances } from '../../build/backend/testing/instance-suite.ts';
import { ContainerInstance } from '../../build/container/container-instance.ts';
import { containerFiles } from '../../build/container/files.ts';
import { userIds } from '../../build/container/ids/user-ids.ts';
import type { ContainerLaunch, ContainerLayer } from '../../build/container/launch.ts';
import { namespaceTools } from '../../build/container/namespace-tools.ts';
import { testWork } from '../../build/testing.ts';
import { runTool, toolCommand } from '../../build/tools/command.ts';
import { toolsTree } from '../../build/tools/tree.ts';
import { needsContainers } from '../support/containers.ts';
import { isRoot } from '../support/needs.ts';
import { testTools } from '../support/tools.ts';

/**
 * Paths of busybox and Node that start.sh expects in the root file system. Here both Node and its init are
 * scripts.
 */
const busyboxPath = 'usr/bin/busybox';
const nodePath = 'usr/bin/node';

const scripts: Readonly<Record<GuestEnding, string>> = {
  'power-off': 'busybox poweroff -f',
  reset: 'busybox reboot -f',
  halt: 'while :; do busybox sleep 600; done',
  echo: 'exec busybox cat',
};

/** Folders that start.sh and the launcher mount something on. */
const mountPoints = ['proc', 'sys', 'dev', 'run', 'mnt', 'containers'];

/**
 * Layer ids. An overlay without an upper directory takes at least two lower ones, hence an empty second
 * layer.
 */
const [baseId, topId] = ['0123456789abcdef', 'fedcba9876543210'];

describe('containers', needsContainers, () => {
  const work = testWork();
  let dir: string;
  let busybox: string;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kit-container-suite-'));
    // Beside it the launcher makes the locks of unpacked layers, as in the cache.
    await mkdir(join(dir, 'unpacked'));
    busybox = join((await testTools()).dir, 'usr/bin/busybox');
    await Promise.all([toolsTree(work), namespaceTools(work)]);
  }, 600_000);
  afterAll(() => rm(dir, { recursive: true, force: true }));

  /** A folder whose init prints the text and then ends as requested. */
  async function makeRoot(text: string, ending: GuestEnding): Promise<string> {
    const root = await mkdtemp(join(dir, 'unpacked', 'root-'));
    for (const folder of [...mountPoints, 'usr/bin']) await mkdir(join(root, folder), { recursive: true });
    await copyFile(busybox, join(root, busyboxPath));
    const busyboxCommand = scripts[ending].replaceAll('busybox', `/${busyboxPath}`);
    // Raw mode is set before the text is printed: the terminal must not echo what a test sends after that.
    const init = `/${busyboxPath} stty raw -echo\nprintf '%s' '${text}'\n${busyboxCommand}\n`;
    await writeFile(join(root, nodePath), `#!/${busyboxPath} sh\n${init}`, { mode: 0o755 });
    return root;
  }

  /** The folder as a layer for this user. */
  async function layer(id: string, folder: string): Promise<ContainerLayer> {
    if (!isRoot) return { id, use: 'root', kind: 'folder', path: folder };
    const path = `${folder}.erofs`;
    await runTool(await toolsTree(work), 'mkfs.erofs', ['--quiet', '--all-root', path, folder], work);
    return { id, use: 'root', kind: 'image', path };
  }

  testInstances('container', async (machine, text, ending) => {
    await mkdir(join(machine.dir, containerFiles.root));
    const unshare = toolCommand(await namespaceTools(work), 'unshare', []);
    const launch: ContainerLaunch = {
      ...{ hostname: `suite-${process.pid}`, cmdline: '', busybox, folders: [], unshare },
      layers: [
        await layer(baseId, await makeRoot(text, ending)),
        await layer(topId, await mkdtemp(join(dir, 'unpacked', 'top-'))),
      ],
      index: `${baseId} 1 root\n${topId} 1 root\n`,
      ids: (await userIds(unshare, work.signal))?.ids ?? null,
      dieWithParent: toolCommand(await namespaceTools(work), 'setpriv', ['--pdeathsig', 'KILL']),
      unpack: toolCommand(await toolsTree(work), 'fsck.erofs', []),
      ...{ network: null, scope: [], memoryMiB: null, cpus: null },
    };
    await writeLaunch(machine.dir, 'container', launch);
    return new ContainerInstance(machine, launch);
  });
});
