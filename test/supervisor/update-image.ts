import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from '../../build/tools/command.ts';
import { toolsTree } from '../../build/tools/tree.ts';
import type { LayerToSend } from '../../build/update/send-update.ts';
import type { Work } from '../../build/work.ts';
import type { Supervision } from '../../lib/bundle/bundle.ts';
import type { ImageInventory } from '../../lib/updates/inventory.ts';
import type { UpdateStatement } from '../../lib/updates/statement.ts';
import { testInventory } from '../../lib/updates/testing.ts';
import type { TestGuest } from './test-guest.ts';

/** The services of an image: their scripts, and how they are supervised. */
export type Services = Readonly<Record<string, readonly [script: string, kit?: Partial<Supervision>]>>;

export interface UpdateImage {
  readonly statement: UpdateStatement;
  readonly layers: readonly LayerToSend[];
}

/** What an image with these services consists of. */
export const inventoryFor = (services: Services, part: Partial<ImageInventory> = {}): ImageInventory =>
  testInventory({
    machine: { 'the image of the kernel': 'k', 'file "/etc/motd"': 'm' },
    ...part,
    services: Object.fromEntries(
      Object.entries(services).map(([name, service]) => [name, JSON.stringify(service)]),
    ),
  });

/**
 * The layers of an image as `kit build` makes them: one with the programs, and the top layer with bundles and
 * inventory, whose root file systems are overlays of both.
 */
export async function updateImage(
  guest: TestGuest,
  services: Services,
  work: Work,
  part: Partial<ImageInventory> = {},
): Promise<UpdateImage> {
  const inventory = inventoryFor(services, part);
  const hash = createHash('sha256').update(JSON.stringify(inventory)).digest('hex');
  const [top, programs] = [hash.slice(0, 16), 'b'.repeat(16)];
  const folder = mkdtempSync(join(guest.dir, `made-${top}-`));
  for (const [name, [script, kit]] of Object.entries(services)) {
    guest.service(name, script, kit, { containers: join(folder, 'top/containers') });
    const dir = join(folder, 'top/containers/services', name);
    const own = join(guest.paths.containers, 'services', name);
    const lower = `${guest.paths.layers}/top/containers/services/${name}/lower:${guest.paths.layers}/${programs}`;
    const runtime = JSON.parse(readFileSync(join(dir, 'runtime.json'), 'utf8'));
    const mounts = [
      {
        destination: join(own, 'rootfs'),
        type: 'overlay',
        source: 'overlay',
        options: [`lowerdir=${lower}`, 'ro'],
      },
    ];
    writeFileSync(join(dir, 'runtime.json'), JSON.stringify({ ...runtime, mounts }));
    // Equal for all.
    rmSync(join(folder, 'programs'), { recursive: true, force: true });
    renameSync(join(dir, 'rootfs'), join(folder, 'programs'));
    mkdirSync(join(dir, 'lower'), { recursive: true });
  }
  mkdirSync(join(folder, 'top/etc/kit'), { recursive: true });
  writeFileSync(join(folder, 'top/etc/kit/image.json'), JSON.stringify(inventory));
  const layers = await Promise.all([
    erofs(join(folder, 'top'), top, work),
    ...(Object.keys(services).length > 0 ? [erofs(join(folder, 'programs'), programs, work)] : []),
  ]);
  const named = layers.map(({ id, digest, bytes }) => ({ id, digest, bytes }));
  return { statement: { version: 1, inventory, top, layers: named, challenge: '' }, layers };
}

async function erofs(folder: string, id: string, work: Work): Promise<LayerToSend> {
  const file = `${folder}.erofs`;
  const options = ['--quiet', '-T0', '-U00000000-0000-4000-8000-000000000000', '--all-root'];
  await runTool(await toolsTree(work), 'mkfs.erofs', [...options, file, folder], work);
  const digest = `sha256:${createHash('sha256').update(readFileSync(file)).digest('hex')}`;
  return { id, digest, bytes: statSync(file).size, file };
}
