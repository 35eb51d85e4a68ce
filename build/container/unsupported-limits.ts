import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { guestPaths, sections } from '../../lib/bundle/bundle.ts';
import { mount } from '../../lib/linux/mount/mount.ts';

/** The keys of an OCI runtime spec's `linux.resources`, and the cgroup v2 controller that each needs. */
const neededController: Readonly<Record<string, string>> = {
  memory: 'memory',
  cpu: 'cpu',
  pids: 'pids',
  blockIO: 'io',
  hugepageLimits: 'hugetlb',
  rdma: 'rdma',
};

/**
 * Without its controller a limit keeps the service from starting at all. Such limits are removed, in copies
 * of the specs that are bind mounted over those of the image. Returns a message for each service whose limits
 * were removed.
 * @param controllers the cgroup v2 controllers that the container has
 */
export function dropUnsupportedLimits(
  root: string,
  scratch: string,
  controllers: ReadonlySet<string>,
): string[] {
  const copies = join(scratch, 'specs');
  mkdirSync(copies);
  const messages: string[] = [];
  for (const section of sections) {
    for (const name of foldersIn(join(root, guestPaths.containers, section))) {
      const path = join(root, guestPaths.containers, section, name, 'config.json');
      const { text, dropped } = withoutUnsupported(readFileSync(path, 'utf8'), controllers);
      if (dropped.length === 0) continue;
      const copy = join(copies, `${section}-${name}`);
      writeFileSync(copy, text);
      mount(copy, path, '', ['bind', 'ro']);
      messages.push(
        `"${name}" runs without its limits of ${dropped.join(', ')}: this host's cgroups have none`,
      );
    }
  }
  return messages;
}

interface Spec {
  readonly linux?: { readonly resources?: Readonly<Record<string, unknown>> };
}

/** The spec without limits whose controller is missing, and the removed keys; exported for its test. */
export function withoutUnsupported(
  text: string,
  controllers: ReadonlySet<string>,
): { readonly text: string; readonly dropped: readonly string[] } {
  const spec = JSON.parse(text) as Spec;
  const entries = Object.entries(spec.linux?.resources ?? {});
  const isUnsupported = (name: string): boolean => {
    const needed = Object.hasOwn(neededController, name) ? neededController[name] : undefined;
    return needed !== undefined && !controllers.has(needed);
  };
  const dropped = entries.map(([name]) => name).filter(isUnsupported);
  const resources = Object.fromEntries(entries.filter(([name]) => !isUnsupported(name)));
  return { text: JSON.stringify({ ...spec, linux: { ...spec.linux, resources } }), dropped };
}

function foldersIn(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    // The image has none of that section.
    return [];
  }
}
