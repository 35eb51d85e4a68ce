import { type FirewallConfig, firewallFile } from '../../lib/bundle/network.ts';
import type { StepContext } from '../steps.ts';
import { loadModuleByName } from './modules.ts';

/** nf_tables itself, and what knows the state of connections. */
const modules = ['nf_tables', 'nft_ct'];

/**
 * Lets only the manifest's ports be reached from outside, before any interface is up. A failure ends the
 * boot: services must not run without the firewall that they were promised.
 */
export function startFirewall(context: StepContext): string | undefined {
  const { system } = context;
  const text = system.files.read(firewallFile);
  if (text === undefined) return 'not in the manifest';
  const { open }: FirewallConfig = JSON.parse(text);
  // In a container they are the host's to load, which the kernel does by itself.
  if (system.ownsMachine()) for (const module of modules) loadModuleByName(module, context);
  system.setFirewall(open);
  const ports = open.map(({ protocol, first, last }) =>
    first === last ? `${first}/${protocol}` : `${first}-${last}/${protocol}`,
  );
  return `open: ${ports.join(', ') || 'nothing'}`;
}
