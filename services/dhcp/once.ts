import { KitError } from '../../lib/errors/errors.ts';
import { DhcpProgram, type Settings } from './program.ts';

/** Milliseconds to wait for the other interfaces after the first lease. */
const graceMs = 2000;

/**
 * For onboot: resolves when every interface with a carrier has a lease, or `graceMs` after the first lease,
 * whichever is sooner. Without the dhcp service nothing renews the lease, and the kernel removes the address
 * when it expires.
 * @throws KitError when no interface has a lease within `timeoutMs`.
 */
export async function leaseOnce(settings: Settings, timeoutMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let grace: NodeJS.Timeout | undefined;
  const check = (): void => {
    // The first call comes from within the constructor.
    const { carriers, leases } = program?.counts() ?? { carriers: 0, leases: 0 };
    if (leases === 0) return;
    if (leases >= carriers) resolve();
    else grace ??= setTimeout(resolve, graceMs);
  };
  let program: DhcpProgram | undefined;
  program = new DhcpProgram(settings, check);
  const limit = setTimeout(resolve, timeoutMs);
  await promise;
  clearTimeout(limit);
  clearTimeout(grace);
  const { carriers, leases } = program.counts();
  await program.close();
  if (leases > 0) return;
  throw new KitError(`Cannot lease an address within ${timeoutMs / 1000} s: ${why(carriers, program)}`);
}

function why(carriers: number, { turnedDown }: DhcpProgram): string {
  if (carriers === 0) return 'no Ethernet interface has a carrier';
  return turnedDown.length === 0 ? 'no DHCP server answered' : turnedDown.join('; ');
}
