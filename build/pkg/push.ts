import { parseReference, type Reference, withOrg } from '../reference/reference.ts';
import { clientOf } from '../registry/clients.ts';
import type { Pushed } from '../transfer/push.ts';
import { pushArches, pushIndex } from '../transfer/push-arches.ts';
import type { Work } from '../work.ts';
import { buildPackages, namePackages } from './verbs.ts';

export interface PushOptions {
  /** Replaces the packages' own `org`: `localhost:5000/me`. */
  readonly org: string | undefined;
  /** `index` pushes only an index of the images that the registry already has. */
  readonly what: 'images' | 'index';
}

/**
 * Builds packages for each architecture, pushes their images under tags of their own (`x:3f2a-amd64`), and
 * under the plain tag an index of all images that the registry then has.
 * @param works one for each architecture
 */
export async function pushPackages(
  refs: readonly string[],
  cwd: string,
  { org, what }: PushOptions,
  works: readonly Work[],
): Promise<Pushed[]> {
  const pushed: Pushed[] = [];
  const targets = new Map<string, Reference>();
  const known = new Map<string, string>();
  for (const work of works) {
    const lines = await (what === 'images' ? buildPackages : namePackages)(refs, cwd, work);
    for (const { name } of lines) {
      const target = org === undefined ? parseReference(name) : withOrg(name, org);
      targets.set(name, target);
      if (what === 'index') continue;
      pushed.push(...(await pushArches(name, target, { client: clientOf(work), known }, work, work.arch)));
    }
  }
  const [work] = works;
  if (!work) return pushed;
  for (const target of targets.values()) {
    pushed.push(await pushIndex(target, { client: clientOf(work), known }, work.cache));
  }
  return [...new Map(pushed.map((one) => [one.name, one])).values()];
}
