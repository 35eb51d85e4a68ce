import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, KitError, reasonOf } from '../errors/errors.ts';
import { defaultNamespace, guestPaths, type RuntimeConfig, type Section } from './bundle.ts';

/** A bundle in the guest. */
export interface Bundle {
  /** `metadata`: the folder's name without the number that folders of onboot and onshutdown have. */
  readonly name: string;
  readonly section: Section;
  /** `/containers/onboot/000-metadata` */
  readonly dir: string;
  readonly runtime: RuntimeConfig;
}

/** The bundles of a section in their order; none if there is no such folder. */
export function readBundles(section: Section, containers: string = guestPaths.containers): Bundle[] {
  return folderNames(join(containers, section)).map((folder) =>
    readBundle(section, bundleName(section, folder), join(containers, section, folder)),
  );
}

export function readBundle(section: Section, name: string, dir: string): Bundle {
  return { name, section, dir, runtime: readRuntime(dir) };
}

function folderNames(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return [];
    throw thrown;
  }
}

/** Folders of services have no number, so a service may be called "000-x". */
function bundleName(section: Section, folder: string): string {
  return section === 'services' ? folder : folder.replace(/^\d+-/, '');
}

/** Not validated: the file comes from the same build as this program. */
function readRuntime(dir: string): RuntimeConfig {
  const path = join(dir, 'runtime.json');
  try {
    const runtime: RuntimeConfig = JSON.parse(readFileSync(path, 'utf8'));
    // LinuxKit writes an empty string for the default namespace.
    return { ...runtime, namespace: runtime.namespace || defaultNamespace };
  } catch (thrown) {
    throw new KitError(`Cannot read "${path}": ${reasonOf(thrown)}`, { cause: thrown });
  }
}
