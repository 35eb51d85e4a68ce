import type { NetworkDocument } from '../../metadata.ts';

/** A document of the shape that a tool writes, and what it asks of the machine, a line for each thing. */
export interface Recorded {
  readonly form?: NetworkDocument['form'];
  readonly text: string;
  readonly asks: readonly string[];
  readonly notes?: readonly string[];
  readonly problems?: readonly string[];
}

export const documents: Readonly<Record<string, Recorded>> = {
  'Proxmox VE, version 1, one static card': {
    text: `version: 1
config:
    - type: physical
      name: eth0
      mac_address: 'BC:24:11:0e:5f:01'
      subnets:
      - type: static
        address: '192.168.1.50'
        netmask: '255.255.255.0'
        gateway: '192.168.1.1'
      - type: static6
        address: 'fd00::50/64'
        gateway: 'fd00::1'
    - type: nameserver
      address:
      - '192.168.1.1'
      search:
      - 'lan.example'
`,
    asks: [
      'bc:24:11:0e:5f:01: 192.168.1.50/24, fd00::50/64, default via 192.168.1.1, default via fd00::1',
      'name servers: 192.168.1.1',
      'search: lan.example',
    ],
  },
  'Proxmox VE, version 1, DHCP': {
    text: `version: 1
config:
    - type: physical
      name: eth0
      mac_address: 'bc:24:11:0e:5f:01'
      subnets:
      - type: dhcp4
      - type: dhcp6
    - type: nameserver
      address:
      - '10.0.0.2'
`,
    asks: ['bc:24:11:0e:5f:01: DHCP', 'name servers: 10.0.0.2'],
  },
  "cloud-init's documentation of version 1: VLAN, global route": {
    text: `network:
  version: 1
  config:
    - type: physical
      name: eth0
      mac_address: c0:d6:9f:2c:e8:80
      subnets:
        - type: static
          address: 192.168.23.14/27
          gateway: 192.168.23.1
          dns_nameservers: [192.168.23.2, 8.8.8.8]
          dns_search: [exemplary.maas]
          routes:
            - {network: 10.0.0.0, netmask: 255.0.0.0, gateway: 192.168.23.3, metric: 3}
    - type: vlan
      name: eth0.101
      vlan_link: eth0
      vlan_id: 101
      mtu: 1500
    - type: route
      destination: 192.168.24.0/24
      gateway: 192.168.23.5
    - type: loopback
      name: lo
    - {type: bond, name: bond0, bond_interfaces: [eth0]}
`,
    asks: [
      'c0:d6:9f:2c:e8:80: 192.168.23.14/27, default via 192.168.23.1, 10.0.0.0/8 via 192.168.23.3 metric 3, 192.168.24.0/24 via 192.168.23.5',
      'eth0.101, VLAN 101 on eth0: MTU 1500',
      'name servers: 192.168.23.2, 8.8.8.8',
      'search: exemplary.maas',
    ],
    notes: [
      'not obeyed: type "bond" of network-config (line 25 of network-config): of metadata, only interfaces that are there and VLANs count',
    ],
  },
  'a Terraform provider of libvirt, version 2': {
    text: `version: 2
ethernets:
  ens3:
    dhcp4: true
`,
    asks: ['ens3: DHCP'],
  },
  'multipass, version 2 with extra interfaces': {
    text: `version: 2
ethernets:
  default:
    match:
      macaddress: "52:54:00:4b:ab:cd"
    dhcp-identifier: mac
    dhcp4: true
  extra0:
    match:
      macaddress: "52:54:00:4b:ba:dc"
    dhcp-identifier: mac
    dhcp4: true
    dhcp4-overrides:
      route-metric: 200
    optional: true
`,
    asks: ['52:54:00:4b:ab:cd: DHCP', '52:54:00:4b:ba:dc: DHCP'],
    notes: ['ignored keys of "extra0" of network-config: dhcp4-overrides (line 8 of network-config)'],
  },
  'Hetzner, version 1 and 2 in one shape of netplan': {
    text: `network:
  version: 2
  renderer: networkd
  ethernets:
    eth0:
      match: {macaddress: "96:00:00:12:34:56"}
      set-name: eth0
      dhcp4: true
      addresses: ["2a01:4f8:1:2::1/64"]
      routes:
        - {to: default, via: "fe80::1", on-link: true}
      nameservers:
        addresses: ["2a01:4ff:ff00::add:1", "2a01:4ff:ff00::add:2"]
`,
    asks: [
      '96:00:00:12:34:56: DHCP, 2a01:4f8:1:2::1/64, default via fe80::1',
      'name servers: 2a01:4ff:ff00::add:1, 2a01:4ff:ff00::add:2',
    ],
    notes: [
      'not obeyed: set-name "eth0" of network-config (line 7 of network-config): interfaces keep their names',
    ],
  },
  'netplan with VLANs, a label and routes': {
    text: `version: 2
ethernets:
  nics: {match: {name: "en*"}, addresses: [10.3.0.5/23, {10.3.0.6/32: {label: "en:1"}}], gateway4: 10.3.0.1, mtu: 9000}
vlans:
  web.20: {id: 20, link: web.10, addresses: [10.20.0.1/24]}
  web.10:
    id: 10
    link: nics
    addresses: [fd10::1/64]
    routes:
      - {to: 0.0.0.0/0, via: 10.3.0.9, metric: 100}
      - {to: 10.9.1.1/16, via: 10.3.0.9, table: 101}
`,
    asks: [
      'en*: 10.3.0.5/23, 10.3.0.6/32, default via 10.3.0.1, MTU 9000',
      'web.10, VLAN 10 on nics: fd10::1/64, default via 10.3.0.9 metric 100',
      'web.20, VLAN 20 on web.10: 10.20.0.1/24',
    ],
    notes: [
      'not obeyed: a route of "web.10" of network-config (line 10 of network-config): it has table',
    ],
  },
  'OpenStack, network_data.json': {
    form: 'network_data.json',
    text: JSON.stringify({
      links: [
        { id: 'tap1a81968a-79', ethernet_mac_address: 'FA:16:3E:ED:9A:59', mtu: 1450, type: 'ovs', vif_id: 'v' },
        { id: 'tap2', ethernet_mac_address: 'fa:16:3e:05:30:fe', mtu: null, type: 'bridge' },
        { id: 'vlan5', type: 'vlan', vlan_id: 5, vlan_link: 'tap2', vlan_mac_address: 'fa:16:3e:69:b0:58' },
      ],
      networks: [
        {
          ...{ id: 'network0', link: 'tap1a81968a-79', network_id: 'n', type: 'ipv4' },
          ...{ ip_address: '172.19.1.34', netmask: '255.255.252.0' },
          routes: [
            { netmask: '0.0.0.0', network: '0.0.0.0', gateway: '172.19.3.254' },
            { netmask: '255.0.0.0', network: '10.0.0.0', gateway: '172.19.3.253' },
          ],
          services: [{ type: 'dns', address: '172.19.0.12' }],
        },
        { id: 'network1', link: 'tap2', type: 'ipv4_dhcp' },
        {
          ...{ id: 'network2', link: 'vlan5', type: 'ipv6', ip_address: '2001:cdba::3257:9652', netmask: 'ffff:ffff::' },
          routes: [{ network: '::', netmask: '::', gateway: '2001:cdba::1' }],
        },
      ],
      services: [{ type: 'dns', address: '10.0.0.53' }],
    }),
    asks: [
      'fa:16:3e:ed:9a:59: 172.19.1.34/22, default via 172.19.3.254, 10.0.0.0/8 via 172.19.3.253, MTU 1450',
      'fa:16:3e:05:30:fe: DHCP',
      'vlan5, VLAN 5 on tap2: 2001:cdba::3257:9652/32, default via 2001:cdba::1',
      'name servers: 172.19.0.12, 10.0.0.53',
    ],
  },
};
