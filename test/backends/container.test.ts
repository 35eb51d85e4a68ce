import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { writeLaunch } from '../../build/backend/launch-file.ts';
import { type GuestEnding, testInstances } from '../../build/backend/testing/instance-suite.ts';
import { ContainerInstance } from '../../build/container/container-instance.ts';
import { containerFiles } from '../../build/container/files.ts';
import type { ContainerLaunch } from '../../build/container/launch.ts';
import { namespaceTools } from '../../build/container/namespace-tools.ts';
import { testWork } from '../../build/testing.ts';
import { runTool, toolCommand } from '../../build/tools/command.ts';
import { toolsTree } from '../../build/tools/tree.ts';
import { needsRoot } from '../support/needs.ts';
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

describe('containers', needsRoot('mounting layers'), () => {
  const work = testWork();
  let dir: string;
  let busybox: string;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kit-container-suite-'));
    busybox = join((await testTools()).dir, 'usr/bin/busybox');
    await Promise.all([toolsTree(work), namespaceTools(work)]);
  }, 600_000);
  afterAll(() => rm(dir, { recursive: true, force: true }));

  /** A layer whose init prints the text and then ends as requested. */
  async function makeLayer(text: string, ending: GuestEnding): Promise<string> {
    const root = await mkdtemp(join(dir, 'root-'));
    for (const folder of [...mountPoints, 'usr/bin']) await mkdir(join(root, folder), { recursive: true });
    await copyFile(busybox, join(root, busyboxPath));
    const busyboxCommand = scripts[ending].replaceAll('busybox', `/${busyboxPath}`);
    // Raw mode is set before the text is printed: the terminal must not echo what a test sends after that.
    const init = `/${busyboxPath} stty raw -echo\nprintf '%s' '${text}'\n${busyboxCommand}\n`;
    await writeFile(join(root, nodePath), `#!/${busyboxPath} sh\n${init}`, { mode: 0o755 });
    return writeLayer(root);
  }

  async function writeLayer(folder: string): Promise<string> {
    const file = `${folder}.erofs`;
    await runTool(await toolsTree(work), 'mkfs.erofs', ['--quiet', '--all-root', file, folder], work);
    return file;
  }

  testInstances('container', async (machine, text, ending) => {
    await mkdir(join(machine.dir, containerFiles.root));
    const launch: ContainerLaunch = {
      ...{ hostname: `suite-${process.pid}`, cmdline: '', busybox },
      layers: [
        { id: baseId, file: await makeLayer(text, ending), use: 'root' },
        { id: topId, file: await writeLayer(await mkdtemp(join(dir, 'top-'))), use: 'root' },
      ],
      index: `${baseId} 1 root\n${topId} 1 root\n`,
      unshare: toolCommand(await namespaceTools(work), 'unshare', []),
      ...{ network: null, memoryMiB: null, cpus: null },
    };
    await writeLaunch(machine.dir, 'container', launch);
    return new ContainerInstance(machine, launch);
  });
});
