import { createSocket } from 'node:dgram';
import { createServer, isIPv4 } from 'node:net';
import { codeOf, KitError, reasonOf } from '../../../lib/errors/errors.ts';
import type { PublishedPort } from '../../machine/records/record.ts';

/** Reads `[ADDRESS:]HOST:GUEST[/tcp|udp]`. Without an address the port listens on 127.0.0.1 only. */
export function parsePublish(text: string): PublishedPort {
  const match = /^(?:([^/]+):)?(\d{1,5}):(\d{1,5})(?:\/(tcp|udp))?$/.exec(text);
  const [, host = '127.0.0.1', hostPort, guestPort, protocol] = match ?? [];
  if (!match || !isIPv4(host) || !isPort(hostPort) || !isPort(guestPort)) {
    throw new KitError(`Cannot publish "${text}": expected [ADDRESS:]HOST:GUEST[/tcp|udp]`, {
      hint: '--publish 2222:22, --publish 0.0.0.0:8080:80, --publish 5353:53/udp',
      exitCode: 2,
    });
  }
  return {
    host,
    hostPort: Number(hostPort),
    guestPort: Number(guestPort),
    protocol: protocol === 'udp' ? 'udp' : 'tcp',
  };
}

const isPort = (text: string | undefined): boolean => Number(text) >= 1 && Number(text) <= 65_535;

/** `127.0.0.1:2222->22/tcp` */
export function publishText({ host, hostPort, guestPort, protocol }: PublishedPort): string {
  return `${host}:${hostPort}->${guestPort}/${protocol}`;
}

/**
 * Checks that every port can be bound now. QEMU would fail too, but only after the image is built, and
 * without a hint. @throws KitError for the first that cannot
 */
export async function checkPorts(ports: readonly PublishedPort[]): Promise<void> {
  const seen = new Set<string>();
  for (const port of ports) {
    const key = `${port.host}:${port.hostPort}/${port.protocol}`;
    if (seen.has(key)) throw new KitError(`Cannot publish ${key} twice`, { exitCode: 2 });
    seen.add(key);
    await tryPort(port);
  }
}

async function tryPort(port: PublishedPort): Promise<void> {
  try {
    await (port.protocol === 'tcp' ? tryTcp(port) : tryUdp(port));
  } catch (thrown) {
    const code = codeOf(thrown);
    const why = code === undefined ? undefined : reasons[code];
    throw new KitError(
      `Cannot publish port ${port.hostPort} of ${port.host}: ${why?.reason ?? reasonOf(thrown)}`,
      {
        hint: why?.hint(port),
        cause: thrown,
      },
    );
  }
}

const reasons: Readonly<Record<string, { reason: string; hint: (port: PublishedPort) => string }>> = {
  EADDRINUSE: {
    reason: 'another program listens there',
    hint: ({ hostPort, guestPort }) =>
      `choose another port of the host: --publish ${Math.min(65_535, hostPort + 1)}:${guestPort}`,
  },
  EACCES: {
    reason: 'this user may not listen there',
    hint: ({ hostPort, guestPort }) =>
      `choose a port from 1024 on: --publish ${8000 + (hostPort % 1000)}:${guestPort}`,
  },
  EADDRNOTAVAIL: {
    reason: 'this host has no such address',
    hint: ({ hostPort, guestPort }) => `0.0.0.0:${hostPort}:${guestPort} publishes on all its addresses`,
  },
};

function tryTcp({ host, hostPort }: PublishedPort): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen({ host, port: hostPort, exclusive: true }, () => server.close(() => resolve()));
  });
}

function tryUdp({ host, hostPort }: PublishedPort): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4').once('error', reject);
    socket.bind({ address: host, port: hostPort, exclusive: true }, () => socket.close(() => resolve()));
  });
}
