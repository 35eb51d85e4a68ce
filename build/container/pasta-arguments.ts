import type { Publish } from '../machine/records/record.ts';

/**
 * The network that QEMU has for its guests, address by address, so that an image sees no difference: DHCP gives
 * 10.0.2.15, 10.0.2.2 leads to the host and beyond, 10.0.2.3 knows the names (pasta(1)).
 */
export function pastaArguments(publish: readonly Publish[]): string[] {
  const ports = (flag: string, protocol: Publish['protocol']): string[] => {
    const own = publish.filter((port) => port.protocol === protocol);
    const texts = own.map(({ host, hostPort, guestPort }) => `${host}/${hostPort}:${guestPort}`);
    return (texts.length === 0 ? ['none'] : texts).flatMap((text) => [flag, text]);
  };
  return [
    ...['-4', '--foreground', '--quiet', '--ns-ifname', 'eth0', '--dhcp-dns'],
    // Whoever started it ends it; it could not see the namespace going, which it may not look at once it is in there.
    '--no-netns-quit',
    // It may otherwise not open the namespaces of somebody else, which is what root's are to nobody.
    ...['--runas', '0:0'],
    ...['-a', '10.0.2.15', '-n', '24', '-g', '10.0.2.2', '-D', '10.0.2.3', '--dns-forward', '10.0.2.3'],
    ...ports('-t', 'tcp'),
    ...ports('-u', 'udp'),
    // Nothing of the host's loopback shows up on the container's own.
    ...['-T', 'none', '-U', 'none'],
  ];
}
