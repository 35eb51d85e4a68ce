import { accessSync, constants } from 'node:fs';
import type { PublishedPort } from '../../machine/records/record.ts';
import { type ToolCommand, toolCommand } from '../../tools/command.ts';
import type { Tools } from '../../tools/tree.ts';

/**
 * The program that connects a container with the host's network as an ordinary process. pasta(1) makes a TAP
 * interface, which takes /dev/net/tun. Where the user may not open that, passt(1), pasta's other half, gets
 * the frames of a veth interface through kit's own bridge (bridge-main.ts), which costs some speed.
 */
export interface UserNetwork {
  readonly program: 'pasta' | 'passt';
  /** With all arguments but the namespaces or descriptor that it serves. */
  readonly command: ToolCommand;
}

/** @param tun the device, for tests */
export function userNetwork(
  publish: readonly PublishedPort[],
  tools: Tools,
  tun = '/dev/net/tun',
): UserNetwork {
  const program = isUsable(tun) ? 'pasta' : 'passt';
  const own = program === 'pasta' ? pastaOnly : [];
  return { program, command: toolCommand(tools, program, [...networkArguments(publish), ...own]) };
}

function isUsable(device: string): boolean {
  try {
    accessSync(device, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

const pastaOnly = [
  ...['--ns-ifname', 'eth0', '--dhcp-dns'],
  // The launcher ends pasta. pasta itself could not watch the namespace's path once it has entered the
  // namespace.
  '--no-netns-quit',
  // No port of the host's loopback appears on the container's own.
  ...['-T', 'none', '-U', 'none'],
];

/**
 * A network with the addresses of QEMU's user network, so that an image sees no difference: DHCP gives
 * 10.0.2.15, 10.0.2.2 is the gateway and the host, 10.0.2.3 the name server. Exported for its test.
 */
export function networkArguments(publish: readonly PublishedPort[]): string[] {
  const ports = (flag: string, protocol: PublishedPort['protocol']): string[] => {
    const own = publish.filter((port) => port.protocol === protocol);
    const texts = own.map(({ host, hostPort, guestPort }) => `${host}/${hostPort}:${guestPort}`);
    return (texts.length === 0 ? ['none'] : texts).flatMap((text) => [flag, text]);
  };
  return [
    ...['-4', '--foreground', '--quiet'],
    // By default they drop from root to nobody, which may not open root's namespaces.
    ...['--runas', '0:0'],
    ...['-a', '10.0.2.15', '-n', '24', '-g', '10.0.2.2', '-D', '10.0.2.3', '--dns-forward', '10.0.2.3'],
    ...ports('-t', 'tcp'),
    ...ports('-u', 'udp'),
  ];
}
