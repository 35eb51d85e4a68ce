import { describe, expect, test } from 'vitest';
import { examples } from '../outputs/examples.ts';
import { boot } from '../support/machine.ts';

/** Disks that examples find by their serial numbers. */
const disks = ['kit-data', 'kit-swap'].map((serial) => `size=300M,serial=${serial}`);

describe.each(['amd64', 'arm64'] as const)('%s', (arch) => {
  test.each(examples)('examples/%s boots in a machine, and all of its services are ready', async (name) => {
    await using machine = await boot(`examples/${name}`, {
      arch,
      disks,
      tpm: name.includes('tpm'),
      timeoutMs: 900_000,
    });
    const { services } = await machine.status();
    const running = services.filter(({ section }) => section === 'services');
    expect(running.map(({ name, state }) => [name, state])).toEqual(
      running.map(({ name }) => [name, 'ready']),
    );
  });
});
