import { readFileSync } from 'node:fs';
import { guestPaths } from '../../../lib/bundle/bundle.ts';
import type { ModuleIndex } from '../../../lib/bundle/modules.ts';
import { loadModuleFile } from '../../../lib/linux/system/modules.ts';

/** The machine's own files. */
const root = '/proc/1/root';

/** Loads a module of the machine, with what it needs, into its kernel. */
export function loadMachineModule(name: string): void {
  loadWithNeeds(name, JSON.parse(readFileSync(root + guestPaths.moduleIndex, 'utf8')));
}

function loadWithNeeds(name: string, index: ModuleIndex): void {
  const module = index.modules[name];
  if (!module) throw new Error(`no module "${name}"`);
  for (const needed of module.needs) loadWithNeeds(needed, index);
  loadModuleFile(`${root}/usr/lib/modules/${index.release}/${module.path}`);
}
