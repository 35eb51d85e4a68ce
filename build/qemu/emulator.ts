import { debianSource } from '../debian/source.ts';
import type { Arch } from '../host/arch.ts';
import { dataFile } from '../host/paths.ts';
import { debianTree, type Tools, toolsTree } from '../tools/tree.ts';
import type { Work } from '../work.ts';

/** The QEMU that emulates one architecture. */
export interface Emulator {
  readonly tools: Tools;
  readonly program: string;
}

/** Downloaded when the first arm64 machine is run. */
const armSource = debianSource({ packages: ['qemu-system-arm'] });
const armLock = dataFile('build/qemu/qemu-arm.lock.json');

export async function emulatorFor(arch: Arch, work: Work): Promise<Emulator> {
  if (arch === 'amd64') return { tools: await toolsTree(work), program: 'qemu-system-x86_64' };
  const tools = await debianTree('emulator of arm64 machines', armSource, armLock, work);
  return { tools, program: 'qemu-system-aarch64' };
}
