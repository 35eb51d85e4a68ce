import type { AddressConfig, RuleConfig } from '../../../lib/bundle/network.ts';
import type { KeyPath } from '../../manifest/check.ts';
import type { Network } from '../../manifest/types.ts';
import { FieldError } from '../field-error.ts';
import { networkOf } from './addresses.ts';
import { tableNumber } from './routes.ts';

type GivenRule = NonNullable<Network['rules']>[number];

/** A rule for each address family that it can match: without addresses for both. @throws FieldError */
export function ruleConfigs(given: GivenRule, path: KeyPath): RuleConfig[] {
  const { fwmark, mask, iif, oif, priority } = given;
  const [from, to] = (['from', 'to'] as const).map((key) => {
    const text = given[key];
    return text === undefined ? undefined : networkOf(text, [...path, key]);
  });
  if (from && to && from.ip.family !== to.ip.family) {
    const message = `"${given.from}" and "${given.to}" match no packet: one is IPv4, the other IPv6`;
    throw new FieldError(path, message);
  }
  if (mask !== undefined && fwmark === undefined)
    throw new FieldError([...path, 'mask'], '"mask" needs "fwmark"');
  const of = (from ?? to)?.ip.family;
  const families = of === undefined ? ([4, 6] as const) : [of === 2 ? (4 as const) : (6 as const)];
  return families.map((family) => ({
    family,
    ...(from && { from: plain(from) }),
    ...(to && { to: plain(to) }),
    ...(fwmark !== undefined && { fwmark: { mark: fwmark, mask: mask ?? 0xffffffff } }),
    ...(iif !== undefined && { iif }),
    ...(oif !== undefined && { oif }),
    table: tableNumber(given.table),
    priority,
  }));
}

const plain = ({ address, prefix }: AddressConfig): AddressConfig => ({ address, prefix });
