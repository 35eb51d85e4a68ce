import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { makeFolder } from '../../lib/files/make-folder.ts';
import { kitRoot } from '../host/paths.ts';
import { bundleService } from '../packages/bundle/bundle.ts';
import { prebuiltFiles, prebuiltFolder } from '../packages/bundle/prebuilt.ts';
import { npmComponents } from '../packages/components.ts';
import { type PackageDefinition, readBuildYml } from '../packages/definition/build-yml.ts';

/**
 * Writes the bundles of kit's guest programs into `folder`, as build/packages/bundle/prebuilt.ts reads them.
 * Resolves to the paths of all source files, relative to the checkout.
 */
export async function bundleServices(folder: string): Promise<string[]> {
  const definitions = await Promise.all(packageFolders().map(readBuildYml));
  const inputs = await Promise.all(definitions.map((one) => bundleOne(one, folder)));
  return [...new Set(inputs.flat())];
}

/** Those of kit's own packages. */
export function packageFolders(): string[] {
  const folder = join(kitRoot, 'pkg');
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((dir) => existsSync(join(dir, 'build.yml')));
}

async function bundleOne({ source, dir, image }: PackageDefinition, folder: string): Promise<string[]> {
  if (source.kind !== 'service') return [];
  const { files, inputs } = await bundleService(source.main, prebuiltFiles.program, dir, image);
  const to = join(folder, relative(kitRoot, prebuiltFolder(source.main)));
  makeFolder(to);
  await Promise.all(files.map(({ name, content }) => writeFile(join(to, name), content)));
  await writeFile(join(to, prebuiltFiles.components), JSON.stringify(await npmComponents(inputs)));
  return inputs.map((path) => relative(kitRoot, path));
}
