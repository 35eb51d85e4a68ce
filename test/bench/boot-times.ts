import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { boot, type TestMachine } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';
import { disks, plain, task } from './part-sizes.ts';

type Row = (name: string, value: string) => void;

/** What a machine with one Node service gets at its boot besides. */
const variants = {
  'neither disk nor metadata': {},
  'a disk': disks,
  'metadata of a data volume': task('metadata'),
  'metadata-cloud, in no cloud and without a network': task('metadata-cloud'),
} as const;
type Variant = keyof typeof variants;

const names = Object.keys(variants) as Variant[];
const rounds = 3;

/** Guest time until all services are ready, with and without disks and metadata; rounds alternate. */
export async function bootTimeRows(dir: string, record: Row): Promise<void> {
  for (const name of names) await build(dir, name);
  const first = await once(dir, 'a disk');
  record('boot: a disk, which is formatted', `${first} s`);
  const times = new Map<Variant, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const [name, seconds] of times) {
      seconds.push(await once(dir, name));
      process.stderr.write(`boot: ${name}, round ${round + 1}: ${seconds.at(-1)} s\n`);
    }
  for (const [name, seconds] of times) {
    const middle = seconds.toSorted((a, b) => a - b)[rounds >> 1];
    record(`boot: ${name}`, `${middle} s (of ${seconds.join(', ')})`);
  }
}

/** Guest time until the services of a machine that has booted were ready, in seconds. */
export async function readySeconds(machine: TestMachine): Promise<number> {
  const said = /ready in ([\d.]+) s/.exec(await machine.console())?.[1];
  if (said === undefined) throw new Error(await machine.describe('it does not say when it was ready'));
  return Number(said);
}

const file = (name: Variant): string => `boot-${names.indexOf(name)}`;

async function build(dir: string, name: Variant): Promise<void> {
  const manifest = join(dir, `${file(name)}.yml`);
  await writeFile(manifest, JSON.stringify({ ...plain, ...variants[name] }));
  const { status, stderr } = await kit('build', '--dir', dir, manifest);
  if (status !== 0) throw new Error(stderr);
}

async function once(dir: string, name: Variant): Promise<number> {
  const variant = variants[name];
  await using machine = await boot(join(dir, file(name)), {
    ...('disks' in variant && { disks: [`${join(dir, 'data.img')},size=1G,serial=kit-data`] }),
    ...('onboot' in variant && { metadata: '#cloud-config\nhostname: bench\n' }),
    // As an image in a cloud that says nothing, without waiting for one that does not exist.
    ...(name.startsWith('metadata-cloud') && { networking: 'none' }),
  });
  return await readySeconds(machine);
}
