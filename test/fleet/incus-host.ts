import { DebianHost } from './debian-host.ts';
import { incusTools } from './tools.ts';

/** A host with Incus, in a network of its own. */
export const incusHost = async (): Promise<DebianHost> =>
  DebianHost.make(await incusTools(), { uid: 0, namespaces: ['--net'], daemon });

const daemon = `
mkdir -p /var/lib/incus /var/log/incus /run/incus /var/cache/incus
ip link set lo up
/usr/libexec/incus/incusd --group incus-admin > /shared/incusd.log 2>&1 &
for try in {1..600}; do [ -S /var/lib/incus/unix.socket ] && break; sleep 0.1; done
/usr/libexec/incus/incusd waitready --timeout 120
`;
