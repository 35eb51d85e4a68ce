import type { NextBoot } from '../backend/backend.ts';
import type { Work } from '../work.ts';
import type { ContainerLaunch } from './launch.ts';
import { mountableLayers } from './layers/mountable-layers.ts';

/** The same container, of the layers of another image. */
export async function nextContainer(
  old: ContainerLaunch,
  { cmdline, index, busybox, layers }: NextBoot,
  work: Work,
): Promise<ContainerLaunch> {
  return { ...old, cmdline, index, busybox, layers: await mountableLayers(layers, old.ids, work) };
}
