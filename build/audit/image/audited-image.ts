import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { guestPaths } from '../../../lib/bundle/bundle.ts';
import { readCpio } from '../../binary/cpio/read-cpio.ts';
import { initrdLayers } from '../../media/initrd-layers.ts';
import { openImage } from '../../pieces/image-file.ts';
import type { Piece } from '../../pieces/piece.ts';
import type { Work } from '../../work.ts';
import { auditSegment, type PlacedShadow } from './audited-initrd.ts';
import { type ImageSettings, imageSettings } from './image-settings.ts';
import { observer } from './observer.ts';
import { probeCommand, probeLayers } from './probe.ts';
import { type ImageBundle, readBundles, topFolder } from './read-bundles.ts';
import { shadowOf } from './shadow.ts';

/** An image that is to be audited, with what is added to it. */
export interface AuditedImage {
  /** Its own bundles. */
  readonly bundles: readonly ImageBundle[];
  /** The name of the shadow of each bundle, by the bundle's folder. */
  readonly shadows: ReadonlyMap<string, string>;
  /** The name of the service that has every right. */
  readonly observer: string;
  /** It was built with --production, or is to keep what that promises. */
  readonly production: boolean;
  readonly settings: ImageSettings;
  /** The paths of the files in its initrd. */
  readonly initrdFiles: ReadonlySet<string>;
  /** What follows its initrd. */
  readonly segment: readonly Piece[];
}

/**
 * Plans shadows beside the bundles of an image.
 * @param wanted it is to keep what --production promises, whether it was built so or not
 * @throws KitError for one whose init is not kit's
 */
export async function auditedImage(initrd: string, wanted: boolean, work: Work): Promise<AuditedImage> {
  const layers = await initrdLayers(initrd, work, {
    action: `Cannot audit "${initrd}"`,
    hint: 'kit audit knows the services of images that have init: [pkg/init, …]',
  });
  const root = await topFolder(layers, work);
  const [bundles, probe] = [await readBundles(root), await probeLayers(work)];
  const production = wanted || existsSync(join(root, guestPaths.production));
  const services = bundles.filter(({ section }) => section === 'services').map(({ name }) => name);
  const taken = new Set(services);
  const shadows = new Map(bundles.map(({ folder, name }) => [folder, freeName(`probe-${name}`, taken)]));
  const machine = freeName('probe', taken);
  const probeIds = probe.map(({ id }) => id);
  const shadowsIn = (layer: string): PlacedShadow[] => {
    const scope = { layer, probe: probeIds, command: probeCommand(work.arch), services };
    const observerCommand = [...probeCommand(work.arch, '/'), production ? 'production' : 'machine'];
    const own = bundles.map((bundle) => ({
      ...shadowOf(bundle, shadows.get(bundle.folder) ?? '', scope),
      lower: bundle.lower,
    }));
    return [...own, { ...observer(machine, { ...scope, command: observerCommand }), lower: undefined }];
  };
  const added = probe.map((one) => ({ ...one, use: 'bundle' as const }));
  return {
    bundles,
    shadows,
    observer: machine,
    production,
    settings: await imageSettings(root),
    initrdFiles: await initrdFiles(initrd),
    segment: await auditSegment(layers.index, added, shadowsIn, work),
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

async function initrdFiles(initrd: string): Promise<Set<string>> {
  await using image = await openImage(initrd);
  const paths = new Set<string>();
  for await (const { path } of readCpio(image, initrd)) paths.add(path);
  return paths;
}
