import { join } from 'node:path';
import { satisfies, validRange } from 'semver';
import { KitError } from '../../../lib/errors/errors.ts';
import { shownPath } from '../definition/shown-path.ts';
import { readPackageJson } from './package-json.ts';

/**
 * Refuses packages that state in `engines` that they do not run on the Node of the machine.
 * @param folders of npm packages @param allowed names of packages to take all the same
 */
export function checkEngines(folders: readonly string[], node: string, allowed: readonly string[]): void {
  for (const folder of folders) {
    const { name = '', version, node: wanted } = readPackageJson(folder);
    if (wanted === undefined || validRange(wanted) === null || allowed.includes(name)) continue;
    if (satisfies(node, wanted, { includePrerelease: true })) continue;
    throw new KitError(
      `Cannot bundle "${name}" ${version}: it wants Node ${wanted}, and machines have Node ${node}`,
      {
        hint:
          `update it; or, if it works all the same, list it in build.yml: ignoreEngines: [${JSON.stringify(name)}] ` +
          `(see "engines" in ${shownPath(join(folder, 'package.json'))})`,
      },
    );
  }
}
