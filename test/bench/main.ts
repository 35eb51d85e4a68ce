import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { kitRoot } from '../../build/host/paths.ts';
import { PackedKit } from '../npm/packed.ts';
import { scratch } from '../support/machine.ts';
import { bootTimeRows } from './boot-times.ts';
import { bootRows, imageRow } from './boots.ts';
import { clusterRows } from './cluster.ts';
import { containerRows } from './containers.ts';
import { containmentRows, restartRow, startRows } from './fifty/rows.ts';
import { floodRow } from './flood.ts';
import { layerRows } from './layers/layers.ts';
import { type Measured, measure, median, mega, middleRun } from './measure.ts';
import { memoryRows } from './memory.ts';
import { sizeRows } from './part-sizes.ts';
import { NodeServices } from './services.ts';
import { updateRows } from './updates.ts';

/**
 * `npm run bench [-- --no-boot | --boots [FILE.yml…] | --containment | --parts [bytes] [memory] [boots] |
 * --cluster | --updates]`: measures the figures of the README; `--boots`: only size, boot and memory of
 * sshd.yml, or of the manifests that are named; `--containment`: only what containment costs; `--parts`:
 * only what parts of a machine add, or of that what is named; `--cluster`: only twenty containers that are
 * replaced one by one; `--updates`: only updates of running machines, with `--no-boot` those of a container.
 * Quote medians and ratios, since every time depends on the speed of this machine. Builds use a full cache,
 * except for the edited package and the layers of the cold build.
 */
interface Figure {
  readonly name: string;
  readonly value: string;
  readonly goal: string;
  /**
   * The same with LinuxKit's builder, measured on another machine (March 2026): kernel+initrd, nothing
   * changed.
   */
  readonly linuxkit: string;
}

const kit = join(kitRoot, 'kit');
const sshd = 'examples/sshd.yml';
const figures: Figure[] = [];
const record = (name: string, value: string, goal = '', linuxkit = ''): void => {
  figures.push({ name, value, goal, linuxkit });
  process.stderr.write(`${name}: ${value}\n`);
};
const timeAndMemory = ({ wallS, peakBytes }: Measured): string => `${wallS.toFixed(2)} s, ${mega(peakBytes)}`;

await using folder = await scratch();
if (process.argv.includes('--containment')) await containmentRows(folder.dir, record);
else if (process.argv.includes('--parts')) await parts();
else if (process.argv.includes('--boots')) await boots();
else if (process.argv.includes('--cluster')) await clusterRows(folder.dir, record);
else if (process.argv.includes('--updates')) await updates();
else await everything();
print();

/** Of the manifests that are named; else of the example whose figures are goals. */
async function boots(): Promise<void> {
  const named = process.argv.filter((word) => word.endsWith('.yml'));
  for (const manifest of named.length > 0 ? named : [sshd]) {
    await imageRow(folder.dir, manifest, record);
    await bootRows(manifest, record);
  }
}

async function everything(): Promise<void> {
  await commands();
  await rebuilds(folder.dir);
  await packaged(folder.dir);
  await nodeServices(folder.dir);
  containerRows(record);
  await layerRows(folder.dir, record);
  await restartRow(folder.dir, record);
  await floodRow(record);
  await clusterRows(folder.dir, record);
  await updates();
  if (!process.argv.includes('--no-boot')) {
    await bootRows(sshd, record);
    await startRows(folder.dir, record);
    await containmentRows(folder.dir, record);
    await parts();
  } else await sizeRows(folder.dir, record);
}

async function updates(): Promise<void> {
  const noBoot = process.argv.includes('--no-boot');
  await updateRows(folder.dir, record, noBoot ? ['container'] : ['container', 'qemu']);
}

async function parts(): Promise<void> {
  const rows = { bytes: sizeRows, memory: memoryRows, boots: bootTimeRows };
  const named = Object.keys(rows).filter((name) => process.argv.includes(name));
  for (const [name, measureRows] of Object.entries(rows))
    if (named.length === 0 || named.includes(name)) await measureRows(folder.dir, record);
}

async function commands(): Promise<void> {
  record(
    'kit version',
    `${((await median(9, kit, ['version'], kitRoot)).wallS * 1000).toFixed(0)} ms`,
    '≤ 50 ms',
  );
}

/** The same commands of the npm package, in a project that depends on it. */
async function packaged(dir: string): Promise<void> {
  const packed = await PackedKit.make();
  const project = packed.folder('project');
  await writeFile(join(project, 'package.json'), '{"private": true}\n');
  await packed.run(project, 'npm', 'install', packed.archive);
  const installed = join(project, 'node_modules/.bin/kit');
  const build = ['build', '--dir', dir, join(kitRoot, 'examples/sshd.yml')];
  record('npm package', mega(packed.bytes));
  record(
    'npm package: kit version',
    `${((await median(9, installed, ['version'], project)).wallS * 1000).toFixed(0)} ms`,
    '≤ 50 ms',
  );
  record(
    'npm package: build sshd.yml, nothing changed',
    timeAndMemory(await median(5, installed, build, project)),
    '≤ 0.25 s',
  );
  await rm(packed.dir, { recursive: true });
}

async function rebuilds(dir: string): Promise<void> {
  const build = ['build', '--dir', dir, sshd];
  record(
    'build sshd.yml, nothing changed',
    timeAndMemory(await median(5, kit, build, kitRoot)),
    '≤ 0.25 s, ≤ 150 MB',
  );
  await imageRow(dir, sshd, record);
  record('build node-app.yml, one service edited', timeAndMemory(await editedBuild(dir)), '≤ 3 s');
}

/**
 * Copies and builds the example, then edits one file and rebuilds, five times; resolves to the median
 * rebuild.
 */
async function editedBuild(dir: string): Promise<Measured> {
  const example = join(dir, 'example');
  await cp(join(kitRoot, 'examples'), example, { recursive: true });
  const build = ['build', '--dir', dir, join(example, 'node-app.yml')];
  await measure(kit, build, kitRoot);
  const source = join(example, 'node-app', 'greet.ts');
  const text = await readFile(source, 'utf8');
  const runs: Measured[] = [];
  for (let round = 0; round < 5; round++) {
    await writeFile(source, text.replace('}, ', `}, round ${round} of ${Date.now()}, `));
    runs.push(await measure(kit, build, kitRoot));
  }
  await rm(example, { recursive: true });
  return middleRun(runs);
}

async function nodeServices(dir: string): Promise<void> {
  const row = async (name: string, measured: Promise<Measured>, goal = '', linuxkit = ''): Promise<void> =>
    record(name, timeAndMemory(await measured), goal, linuxkit);
  const one = await NodeServices.of(dir, 1);
  await row('1 Node service, nothing changed', one.unchanged(), '', '8.6 s, 327 MB');
  record('1 Node service: kernel + initrd', mega(await one.size()), '', '120 MB');
  const three = await NodeServices.of(dir, 3);
  await row('3 Node services, nothing changed', three.unchanged(), '≤ 0.5 s, ≤ 150 MB', '15.3 s, 584 MB');
  await row('3 Node services, one edited', three.oneChanged(), '≤ 1.5 s');
  record('3 Node services: kernel + initrd', mega(await three.size()), '', '217 MB');
  const fifty = await NodeServices.of(dir, 50);
  await row('50 Node services, nothing changed', fifty.unchanged());
  await row('50 Node services, one edited', fifty.oneChanged());
  record('50 Node services: kernel + initrd', mega(await fifty.size()));
  await row('3 Node services and a file of 1 GiB, no layer converted yet', three.cold(), '≤ 400 MB');
}

function print(): void {
  const width = Math.max(...figures.map(({ name }) => name.length));
  process.stdout.write(`\n${cpus().length} × ${cpus()[0]?.model}\n\n`);
  const line = (row: Figure): string =>
    `${row.name.padEnd(width)}  ${row.value.padEnd(36)}  ${row.goal.padEnd(18)}  ${row.linuxkit}`.trimEnd();
  const title = { name: '', value: 'measured', goal: 'goal', linuxkit: "LinuxKit's builder" };
  process.stdout.write(`${[title, ...figures].map(line).join('\n')}\n`);
}
