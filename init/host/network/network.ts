import { join } from 'node:path';
import { guestPaths } from '../../../lib/bundle/bundle.ts';
import {
  type DhcpConfig,
  dhcpSettingsFile,
  type NetworkConfig,
  type RuleConfig,
  staticDnsFile,
} from '../../../lib/bundle/network.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import { formatResolvConf } from '../../../lib/net/resolv-conf.ts';
import type { StepContext } from '../../steps.ts';
import { resolvConfFolder } from '../host.ts';
import { configureLink } from './configure.ts';
import { findOrMakeLink, linksWaitMs, loadLinkModules } from './links.ts';
import { hasLateKeys, holdPort, setUpTunnel } from './tunnel.ts';

/** Sets up the interfaces of the manifest's `network:`. A failure is logged, the others are set up. */
export async function setUpNetwork(context: StepContext): Promise<string> {
  const config = manifestNetwork(context);
  return config === undefined ? 'left to services' : applyNetwork(config, context);
}

/** Sets up these interfaces, and writes these name servers; returns what was done. */
export async function applyNetwork(
  { interfaces, rules = [], dns }: NetworkConfig,
  context: StepContext,
): Promise<string> {
  const { system, console } = context;
  system.files.write(join(resolvConfFolder, staticDnsFile), JSON.stringify(dns));
  system.files.write(join(resolvConfFolder, 'resolv.conf'), formatResolvConf([dns]));
  loadLinkModules(interfaces, context);
  const deadline = system.uptimeMs() + linksWaitMs;
  const done: string[] = [];
  const dhcp: Record<string, DhcpConfig[string]> = {};
  for (const one of interfaces) {
    try {
      const link = await findOrMakeLink(one, deadline, context);
      if (one.ipv6) dhcp[link.name] = one.ipv6;
      done.push(`${link.name} ${configureLink(link, one, context).join(', ') || 'up'}`);
      if (hasLateKeys(one)) holdPort(one, context);
      else setUpTunnel(one, context);
    } catch (thrown) {
      console.log(`interface ${one.name ?? one.mac} failed: ${reasonOf(thrown)}`);
    }
  }
  if (Object.keys(dhcp).length > 0)
    system.files.write(join(resolvConfFolder, dhcpSettingsFile), JSON.stringify(dhcp));
  done.push(...rules.filter((rule) => applyRule(rule, context)).map(ruleText));
  return done.join('; ') || 'nothing was set';
}

/** Gives tunnels their keys that come with the metadata, once the onboot containers have run. */
export function setUpLateTunnels(context: StepContext): void {
  for (const one of manifestNetwork(context)?.interfaces ?? []) {
    if (!hasLateKeys(one)) continue;
    try {
      setUpTunnel(one, context);
    } catch (thrown) {
      context.console.log(`interface ${one.name} failed: ${reasonOf(thrown)}`);
    }
  }
}

/** What the manifest says. */
export function manifestNetwork({ system }: StepContext): NetworkConfig | undefined {
  const text = system.files.read(guestPaths.network);
  return text === undefined ? undefined : JSON.parse(text);
}

function applyRule(rule: RuleConfig, { system, console }: StepContext): boolean {
  try {
    system.setRule(rule);
    return true;
  } catch (thrown) {
    console.log(`${ruleText(rule)}: ${reasonOf(thrown)}`);
    return false;
  }
}

const ruleText = ({ family, priority, table }: RuleConfig): string =>
  `IPv${family} rule ${priority} to table ${table}`;
