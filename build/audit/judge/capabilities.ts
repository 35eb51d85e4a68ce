import { capabilities } from '../../manifest/names.ts';
import type { AuditedEntry } from '../../promises/audited-entry.ts';

/** The names of the capabilities in a mask of /proc/PID/status: 16 hex digits. */
export function capabilityNames(mask: string): string[] {
  const bits = /^[0-9a-f]{1,16}$/.test(mask) ? BigInt(`0x${mask}`) : 0n;
  const known = capabilities.filter((_, at) => (bits >> BigInt(at)) & 1n);
  const others = bits >> BigInt(capabilities.length);
  return others === 0n ? known : [...known, `bits 0x${(others << BigInt(capabilities.length)).toString(16)}`];
}

/** Those that the entry did not ask for. */
export function extraCapabilities(mask: string, { config }: AuditedEntry): string[] {
  const asked = new Set(Object.values(config.process.capabilities).flat());
  return capabilityNames(mask).filter((name) => !asked.has(name));
}
