import type { PublishedPort } from '../machine/records/record.ts';

/**
 * A network with the addresses of QEMU's user network, so that an image sees no difference: DHCP gives
 * 10.0.2.15, 10.0.2.2 is the gateway and the host, 10.0.2.3 the name server (pasta(1)).
 */
export function pastaArguments(publish: readonly PublishedPort[]): string[] {
  const ports = (flag: string, protocol: PublishedPort['protocol']): string[] => {
    const own = publish.filter((port) => port.protocol === protocol);
    const texts = own.map(({ host, hostPort, guestPort }) => `${host}/${hostPort}:${guestPort}`);
    return (texts.length === 0 ? ['none'] : texts).flatMap((text) => [flag, text]);
  };
  return [
    ...['-4', '--foreground', '--quiet', '--ns-ifname', 'eth0', '--dhcp-dns'],
    // The launcher ends pasta. pasta itself could not watch the namespace's path once it has entered the
    // namespace.
    '--no-netns-quit',
    // By default pasta drops from root to nobody, which may not open root's namespaces.
    ...['--runas', '0:0'],
    ...['-a', '10.0.2.15', '-n', '24', '-g', '10.0.2.2', '-D', '10.0.2.3', '--dns-forward', '10.0.2.3'],
    ...ports('-t', 'tcp'),
    ...ports('-u', 'udp'),
    // No port of the host's loopback appears on the container's own.
    ...['-T', 'none', '-U', 'none'],
  ];
}
