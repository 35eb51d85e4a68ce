import { RegistryClient } from '../registry/client.ts';
import { defaultSources, type Work } from '../work/work.ts';

const clients = new WeakMap<object, RegistryClient>();

/** The client that all parts of one piece of work share, with its tokens and connections. */
export function clientOf(work: Work): RegistryClient {
  const sources = work.sources ?? defaultSources;
  const known = clients.get(work.signal) ?? clientFor(sources, work);
  clients.set(work.signal, known);
  return known;
}

function clientFor(
  { mirrors, certificates }: NonNullable<Work['sources']>,
  { env, signal }: Work,
): RegistryClient {
  return new RegistryClient({ mirrors, certificates, env, signal });
}
