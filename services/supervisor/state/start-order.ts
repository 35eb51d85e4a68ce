interface Ordered {
  readonly name: string;
  readonly policy: { readonly after: readonly string[] };
}

/**
 * Services in start order: each after those named in its `after`, otherwise as given. Unknown names and names
 * that would close a cycle are dropped from `after`: a machine that runs is better than one that waits for
 * ever.
 */
export function inStartOrder<T extends Ordered>(services: readonly T[]): T[] {
  const byName = new Map(services.map((service) => [service.name, service]));
  const done = new Map<string, T>();
  const open = new Set<string>();
  const visit = (service: T) => {
    if (done.has(service.name)) return;
    open.add(service.name);
    const after = service.policy.after.filter((name) => byName.has(name) && !open.has(name));
    for (const name of after) {
      const before = byName.get(name);
      if (before) visit(before);
    }
    open.delete(service.name);
    done.set(service.name, { ...service, policy: { ...service.policy, after } });
  };
  for (const service of services) visit(service);
  return [...done.values()];
}
