/** The UDP ports of DHCP (RFC 2131, section 4.1). */
export const dhcpPorts = { client: 68, server: 67 } as const;

/** The UDP ports of DHCPv6 (RFC 8415, section 7.2). */
export const dhcpv6Ports = { client: 546, server: 547 } as const;
