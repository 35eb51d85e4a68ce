import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { guestPaths, sections } from '../../../lib/bundle/bundle.ts';
import { exactJson, parseExactJson } from '../../../lib/json/exact-json.ts';
import { mount } from '../../../lib/linux/mount/mount.ts';
import { idCount, type MappedIds } from '../ids/id-range.ts';
import { withMappedIds, withMappedOptions } from './mapped-ids.ts';
import { type HardLimits, withPossibleRlimits } from './possible-rlimits.ts';
import { withOwnersKept, withSharedUserNamespace } from './shared-user-namespace.ts';
import type { Runtime, Spec } from './spec.ts';
import { withoutUnsupported } from './unsupported-limits.ts';

/** What the container has of what an image may ask for. */
export interface ContainerMeans {
  /** The cgroup v2 controllers; null: it cannot make cgroups. */
  readonly controllers: ReadonlySet<string> | null;
  /** Null: all ids. */
  readonly ids: MappedIds | null;
  /** Above which no process can raise its own. */
  readonly hardLimits: HardLimits;
}

/**
 * What the container does not have would keep a service from starting at all. It is removed from the
 * services' config.json and runtime.json, in copies that are bind mounted over those of the image. Returns
 * what is different, and for which services.
 */
export function adaptSpecs(root: string, scratch: string, means: ContainerMeans): string[] {
  const copies = join(scratch, 'specs');
  mkdirSync(copies);
  const services = new Map<string, string[]>();
  let share = false;
  for (const section of sections) {
    for (const name of foldersIn(join(root, guestPaths.containers, section))) {
      const change = <T>(file: string, act: (value: T) => T): void => {
        const path = join(root, guestPaths.containers, section, name, file);
        const before = parseExactJson<T>(readFileSync(path, 'utf8'));
        const [old, changed] = [before, act(before)].map((value) => exactJson(value));
        if (changed === undefined || changed === old) return;
        const copy = join(copies, `${section}-${name}-${file}`);
        writeFileSync(copy, changed);
        mount(copy, path, '', ['bind', 'ro']);
      };
      change<Spec>('config.json', (spec) => {
        share ||= withSharedUserNamespace(spec) !== spec;
        const { spec: adapted, notes } = adaptSpec(spec, means);
        for (const note of notes) services.set(note, [...(services.get(note) ?? []), `"${name}"`]);
        return adapted;
      });
      change<Runtime>('runtime.json', (runtime) => adaptRuntime(runtime, means));
    }
  }
  // Defaults apply to all: one message for each fact, not for each service.
  const messages = [...services].map(([note, names]) => `${names.join(', ')} ${note}`);
  return share ? ["Services share the container's user namespace", ...messages] : messages;
}

/** The spec that works in the container, and what is different, to follow the service's name. */
export function adaptSpec(
  spec: Spec,
  { controllers, ids, hardLimits }: ContainerMeans,
): { readonly spec: Spec; readonly notes: readonly string[] } {
  const shared = withSharedUserNamespace(spec);
  const { spec: limited, dropped } = withoutUnsupported(shared, controllers ?? new Set());
  const without = `without limits of ${dropped.join(', ')}: this host's cgroups have none`;
  const { spec: allowed, notes: lowered } = withPossibleRlimits(limited, hardLimits);
  const notes = [...(dropped.length === 0 ? [] : [without]), ...lowered];
  const possible = controllers ? allowed : withoutCgroup(allowed);
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
  const shared = withOwnersKept(runtime);
  const possible = controllers ? shared : { ...shared, cgroups: [] };
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
