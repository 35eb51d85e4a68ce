import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { guestPaths, sections } from '../../../lib/bundle/bundle.ts';
import { mount } from '../../../lib/linux/mount/mount.ts';
import { idCount, type MappedIds } from '../ids/id-range.ts';
import { parseExactly } from './exact-json.ts';
import { withMappedIds, withMappedOptions } from './mapped-ids.ts';
import type { Runtime, Spec } from './spec.ts';
import { withoutUnsupported } from './unsupported-limits.ts';

/** What the container has of what an image may ask for. */
export interface ContainerMeans {
  /** The cgroup v2 controllers; null: it cannot make cgroups. */
  readonly controllers: ReadonlySet<string> | null;
  /** Null: all ids. */
  readonly ids: MappedIds | null;
}

/**
 * What the container does not have would keep a service from starting at all. It is removed from the
 * services' config.json and runtime.json, in copies that are bind mounted over those of the image. Returns a
 * message for each service that runs differently.
 */
export function adaptSpecs(root: string, scratch: string, means: ContainerMeans): string[] {
  const copies = join(scratch, 'specs');
  mkdirSync(copies);
  const messages: string[] = [];
  for (const section of sections) {
    for (const name of foldersIn(join(root, guestPaths.containers, section))) {
      const change = <T>(file: string, act: (value: T) => T): void => {
        const path = join(root, guestPaths.containers, section, name, file);
        const before = parseExactly<T>(readFileSync(path, 'utf8'));
        const [old, changed] = [before, act(before)].map((value) => JSON.stringify(value));
        if (changed === undefined || changed === old) return;
        const copy = join(copies, `${section}-${name}-${file}`);
        writeFileSync(copy, changed);
        mount(copy, path, '', ['bind', 'ro']);
      };
      change<Spec>('config.json', (spec) => {
        const { spec: adapted, notes } = adaptSpec(spec, means);
        messages.push(...notes.map((note) => `"${name}" ${note}`));
        return adapted;
      });
      change<Runtime>('runtime.json', (runtime) => adaptRuntime(runtime, means));
    }
  }
  return messages;
}

/** The spec that works in the container, and what is different, to follow the service's name. */
export function adaptSpec(
  spec: Spec,
  { controllers, ids }: ContainerMeans,
): { readonly spec: Spec; readonly notes: readonly string[] } {
  const { spec: limited, dropped } = withoutUnsupported(spec, controllers ?? new Set());
  const notes =
    dropped.length === 0
      ? []
      : [`runs without its limits of ${dropped.join(', ')}: this host's cgroups have none`];
  const possible = controllers ? limited : withoutCgroup(limited);
  if (!ids) return { spec: possible, notes };
  const mapped = withMappedIds(possible, idCount(ids.uids), idCount(ids.gids));
  return { spec: mapped.spec, notes: [...notes, ...mapped.notes] };
}

/** crun and runc do without a cgroup that they cannot make if the spec does not name it. */
function withoutCgroup(spec: Spec): Spec {
  const { cgroupsPath: _named, ...linux } = spec.linux ?? {};
  return { ...spec, linux };
}

/** The same for runtime.json. */
export function adaptRuntime(runtime: Runtime, { controllers, ids }: ContainerMeans): Runtime {
  const possible = controllers ? runtime : { ...runtime, cgroups: [] };
  if (!ids) return possible;
  const [uids, gids] = [idCount(ids.uids), idCount(ids.gids)];
  return { ...possible, mounts: possible.mounts.map((one) => withMappedOptions(one, uids, gids)) };
}

function foldersIn(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    // The image has none of that section.
    return [];
  }
}
