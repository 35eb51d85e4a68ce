import type { Spec } from './spec.ts';

/** The keys of an OCI runtime spec's `linux.resources`, and the cgroup v2 controller that each needs. */
const neededController: Readonly<Record<string, string>> = {
  memory: 'memory',
  cpu: 'cpu',
  pids: 'pids',
  blockIO: 'io',
  hugepageLimits: 'hugetlb',
  rdma: 'rdma',
};

/** The spec without limits whose controller is missing, and the removed keys. */
export function withoutUnsupported(
  spec: Spec,
  controllers: ReadonlySet<string>,
): { readonly spec: Spec; readonly dropped: readonly string[] } {
  const entries = Object.entries(spec.linux?.resources ?? {});
  const isUnsupported = (name: string): boolean => {
    const needed = Object.hasOwn(neededController, name) ? neededController[name] : undefined;
    return needed !== undefined && !controllers.has(needed);
  };
  const dropped = entries.map(([name]) => name).filter(isUnsupported);
  if (dropped.length === 0) return { spec, dropped };
  const resources = Object.fromEntries(entries.filter(([name]) => !isUnsupported(name)));
  return { spec: { ...spec, linux: { ...spec.linux, resources } }, dropped };
}
