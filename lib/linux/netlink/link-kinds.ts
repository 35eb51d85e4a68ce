import { type BondMode, bondModes } from '../../bundle/network.ts';
import { NLM, RTM, requestRoute } from './netlink.ts';
import { type Attribute, encodeAttributes, u16Bytes, u32Bytes } from './netlink-message.ts';

/** An interface that other interfaces carry, with the settings of its kind. */
export type MadeLink = { readonly name: string } & (
  | { readonly kind: 'vlan'; readonly id: number; readonly link: number }
  | {
      readonly kind: 'bond';
      readonly mode: BondMode;
      /** Milliseconds. */
      readonly miimon: number;
      readonly lacpRate?: 'slow' | 'fast' | undefined;
      /** The index of an interface. */
      readonly primary?: number | undefined;
    }
  | { readonly kind: 'bridge'; readonly stp: boolean }
  | { readonly kind: 'wireguard' }
);

/** include/uapi/linux/if_link.h: IFLA_*, IFLA_INFO_*, IFLA_VLAN_*, IFLA_BOND_* and IFLA_BR_*. */
const IFLA = { name: 3, link: 5, linkInfo: 18, infoKind: 1, infoData: 2 } as const;
const IFLA_VLAN_ID = 1;
const BOND = { mode: 1, miimon: 3, primary: 11, lacpRate: 21 } as const;
const IFLA_BR_STP_STATE = 5;

/** struct ifinfomsg, all zero: the interface is found by its name, and no flag is changed. */
const header = Buffer.alloc(16);

/**
 * Makes an interface (RTM_NEWLINK), or gives these settings to the one of that name and kind that `exists`.
 * The kernel needs the module: 8021q, bonding, bridge or wireguard.
 * @throws SyscallError: EOPNOTSUPP without the module, among others
 */
export function makeLink(link: MadeLink, exists = false): void {
  const body = Buffer.concat([header, encodeAttributes(attributesOf(link))]);
  const flags = exists ? 0 : NLM.create | NLM.exclusive;
  requestRoute({ type: RTM.newLink, flags, body }, `create ${link.kind} interface ${link.name}`);
}

function attributesOf(link: MadeLink): Attribute[] {
  const info = encodeAttributes([
    { type: IFLA.infoKind, value: Buffer.from(link.kind) },
    { type: IFLA.infoData, value: encodeAttributes(settingsOf(link)) },
  ]);
  return [
    { type: IFLA.name, value: Buffer.from(`${link.name}\0`) },
    ...(link.kind === 'vlan' ? [{ type: IFLA.link, value: u32Bytes(link.link) }] : []),
    { type: IFLA.linkInfo, value: info },
  ];
}

function settingsOf(link: MadeLink): Attribute[] {
  switch (link.kind) {
    case 'vlan':
      return [{ type: IFLA_VLAN_ID, value: u16Bytes(link.id) }];
    case 'bridge':
      return [{ type: IFLA_BR_STP_STATE, value: u32Bytes(link.stp ? 1 : 0) }];
    case 'wireguard':
      return [];
    case 'bond':
      // The mode first: the kernel takes the others only in modes that have them.
      return [
        { type: BOND.mode, value: Buffer.of(bondModes.indexOf(link.mode)) },
        { type: BOND.miimon, value: u32Bytes(link.miimon) },
        ...(link.lacpRate
          ? [{ type: BOND.lacpRate, value: Buffer.of(link.lacpRate === 'fast' ? 1 : 0) }]
          : []),
        ...(link.primary === undefined ? [] : [{ type: BOND.primary, value: u32Bytes(link.primary) }]),
      ];
  }
}
