import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kitRoot } from '../../build/host/paths.ts';
import { boot } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';

type Record = (name: string, value: string, goal?: string) => void;

const rounds = 5;
/** Seconds for which the new service must stay ready, which `kit update` waits for. */
const steady = '0.1';

/** Bytes and seconds of `kit update` after an edit of one service, until the new one is ready. */
export async function updateRows(
  dir: string,
  record: Record,
  backends: readonly ('container' | 'qemu')[],
): Promise<void> {
  const folder = join(dir, 'updates');
  await cp(join(kitRoot, 'examples/node-app'), join(folder, 'node-app'), { recursive: true });
  await cp(join(kitRoot, 'examples/node-app.yml'), join(folder, 'app.yml'));
  for (const backend of backends) {
    await using machine = await boot(join(folder, 'app.yml'), { backend });
    const updates: { readonly seconds: number; readonly bytes: number }[] = [];
    // The first one unpacks tools and layers.
    for (let round = 0; round <= rounds; round += 1) {
      await edit(join(folder, 'node-app/greet.ts'), `${backend} ${round}`);
      updates.push(await updated(machine.name, join(folder, 'app.yml')));
    }
    const times = updates.slice(1).sort((one, other) => one.seconds - other.seconds);
    const { seconds = Number.NaN, bytes = Number.NaN } = times[rounds >> 1] ?? {};
    const where = backend === 'container' ? 'a container' : 'a virtual machine';
    record(
      `kit update of one edited service in ${where}, until it is ready`,
      `${seconds.toFixed(1)} s (at most ${times.at(-1)?.seconds.toFixed(1)} s), ${(bytes / 1e3).toFixed(1)} kB sent`,
      ...(backend === 'container' ? ['≤ 2 s'] : []),
    );
  }
}

/** Another text in the program, of the same length in each round. */
async function edit(file: string, text: string): Promise<void> {
  const before = await readFile(file, 'utf8');
  await writeFile(file, before.replace(/return `[^$]*/, `return \`${text}: `));
}

async function updated(name: string, manifest: string): Promise<{ seconds: number; bytes: number }> {
  const from = performance.now();
  const { status, stdout, stderr } = await kit('update', '--json', '--steady', steady, name, manifest);
  const seconds = (performance.now() - from) / 1000;
  if (status !== 0) throw new Error(`Cannot measure: ${stderr}`);
  return { seconds, bytes: JSON.parse(stdout).bytes };
}
