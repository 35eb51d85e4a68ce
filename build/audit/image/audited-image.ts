import { initrdLayers } from '../../media/initrd-layers.ts';
import type { Piece } from '../../pieces/piece.ts';
import type { Work } from '../../work.ts';
import { auditSegment, type PlacedShadow } from './audited-initrd.ts';
import { observer } from './observer.ts';
import { probeCommand, probeLayers } from './probe.ts';
import { type ImageBundle, readBundles } from './read-bundles.ts';
import { shadowOf } from './shadow.ts';

/** An image that is to be audited, with what is added to it. */
export interface AuditedImage {
  /** Its own bundles. */
  readonly bundles: readonly ImageBundle[];
  /** The name of the shadow of each bundle, by the bundle's folder. */
  readonly shadows: ReadonlyMap<string, string>;
  /** The name of the service that has every right. */
  readonly observer: string;
  /** What follows its initrd. */
  readonly segment: readonly Piece[];
}

/** Plans shadows beside the bundles of an image. @throws KitError for one whose init is not kit's */
export async function auditedImage(initrd: string, work: Work): Promise<AuditedImage> {
  const layers = await initrdLayers(initrd, work, {
    action: `Cannot audit "${initrd}"`,
    hint: 'kit audit knows the services of images that have init: [pkg/init, …]',
  });
  const [bundles, probe] = [await readBundles(layers, work), await probeLayers(work)];
  const services = bundles.filter(({ section }) => section === 'services').map(({ name }) => name);
  const taken = new Set(services);
  const shadows = new Map(bundles.map(({ folder, name }) => [folder, freeName(`probe-${name}`, taken)]));
  const machine = freeName('probe', taken);
  const probeIds = probe.map(({ id }) => id);
  const shadowsIn = (layer: string): PlacedShadow[] => {
    const scope = { layer, probe: probeIds, command: probeCommand(work.arch), services };
    const own = bundles.map((bundle) => ({
      ...shadowOf(bundle, shadows.get(bundle.folder) ?? '', scope),
      lower: bundle.lower,
    }));
    return [
      ...own,
      { ...observer(machine, { ...scope, command: probeCommand(work.arch, '/') }), lower: undefined },
    ];
  };
  const wanted = probe.map((one) => ({ ...one, use: 'bundle' as const }));
  return {
    bundles,
    shadows,
    observer: machine,
    segment: await auditSegment(layers.index, wanted, shadowsIn, work),
  };
}

/** Onboot may have several entries of one name, and a manifest a service of ours. */
function freeName(wanted: string, taken: Set<string>): string {
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? wanted : `${wanted}-${count}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}
