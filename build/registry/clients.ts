import { defaultSources, type Work } from '../work.ts';
import { RegistryClient } from './client.ts';

const clients = new WeakMap<object, RegistryClient>();

/** The client of this `Work`, with its tokens and connections; shared by all its parts. */
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
