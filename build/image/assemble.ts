import { layoutLabel } from '../../lib/oci/types.ts';
import type { ResolvedImage } from '../cache/stored-image.ts';
import type { Reader } from '../spec/bundle.ts';
import type { Work } from '../work/work.ts';
import { flatImage } from './flat/boot-image.ts';
import { layeredImage } from './layered/layered.ts';
import type { Assembly } from './plan/assembly.ts';
import type { BootImage } from './plan/boot-image.ts';
import { notOurInit } from './plan/production.ts';

/** The image of a manifest: layered where kit's own init boots it, flat as LinuxKit's where another does, or none. */
export function assemble(assembly: Assembly, work: Work): Promise<BootImage> {
  const own = kitInit(assembly);
  if (!own && assembly.production) throw notOurInit(assembly.manifest);
  return own ? layeredImage(assembly, own, work) : flatImage(assembly, work);
}

/** Whose init obeys the bundles. */
export const readerOf = (assembly: Assembly): Reader => (kitInit(assembly) ? 'kit' : 'linuxkit');

function kitInit({ manifest, imageOf }: Assembly): ResolvedImage | undefined {
  return manifest.init.map(imageOf).find(({ config }) => config.config.Labels?.[layoutLabel] === 'layered');
}
