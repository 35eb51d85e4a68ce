import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RuntimeConfig, type Section, sections } from '../../../lib/bundle/bundle.ts';
import { KitError, reasonOf } from '../../../lib/errors/errors.ts';
import { folderNames } from '../../../lib/files/folder-names.ts';
import { parseExactJson } from '../../../lib/json/exact-json.ts';
import { unpackedLayer } from '../../layers/unpacked-layer.ts';
import type { InitrdLayers } from '../../media/initrd-layers.ts';
import type { Spec } from '../../spec/oci/oci-runtime.ts';
import type { Work } from '../../work.ts';

/** A bundle as it lies in a finished image. */
export interface ImageBundle {
  readonly section: Section;
  /** As in the manifest, without the number of its place. */
  readonly name: string;
  /** `containers/services/web` */
  readonly folder: string;
  readonly config: Spec;
  readonly runtime: RuntimeConfig;
  /** The absolute folder on this host with the mount points that kit has added to the root file system. */
  readonly lower: string;
}

/** The top layer of an image, as a folder of this host. @throws KitError */
export async function topFolder({ layers }: InitrdLayers, work: Work): Promise<string> {
  const top = layers.findLast(({ use }) => use === 'root');
  if (!top) throw new KitError('Cannot audit the image: it has no root file system');
  return unpackedLayer(top.file, work);
}

/** The bundles in the top layer of an image, in the order in which they run. @throws KitError */
export async function readBundles(root: string): Promise<ImageBundle[]> {
  const bundles: ImageBundle[] = [];
  for (const section of sections) {
    for (const name of (await folderNames(join(root, 'containers', section))).sort())
      bundles.push(await readBundle(root, section, name));
  }
  return bundles;
}

async function readBundle(root: string, section: Section, folderName: string): Promise<ImageBundle> {
  const folder = `containers/${section}/${folderName}`;
  const read = async <T>(file: string): Promise<T> => {
    try {
      return parseExactJson<T>(await readFile(join(root, folder, file), 'utf8'));
    } catch (thrown) {
      throw new KitError(`Cannot read "${folder}/${file}" of the image: ${reasonOf(thrown)}`);
    }
  };
  const name = section === 'services' ? folderName : folderName.replace(/^\d{3}-/, '');
  return {
    ...{ section, name, folder },
    config: await read<Spec>('config.json'),
    runtime: await read<RuntimeConfig>('runtime.json'),
    lower: join(root, folder, 'lower'),
  };
}
