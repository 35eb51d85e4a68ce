import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { kitRoot } from '../../../build/host/paths.ts';
import { unpackedLayer } from '../../../build/layers/unpacked-layer.ts';
import { initrdLayers } from '../../../build/media/initrd-layers.ts';
import { testWork } from '../../../build/testing.ts';
import { toolCommand } from '../../../build/tools/command.ts';
import type { Tools } from '../../../build/tools/tree.ts';
import { hasFuse } from '../../support/containers.ts';
import { fuseTools } from '../../support/tools.ts';
import { measure } from '../measure.ts';

type Record = (name: string, value: string, goal?: string) => void;

/**
 * The ways in which an ordinary user can mount the layers of an image: how long it takes, in a user
 * namespace, to mount them, start Node from them and unmount them, and to read all their files. Medians of
 * seven; all files are in the page cache.
 */
export async function layerRows(dir: string, record: Record): Promise<void> {
  if (!hasFuse) return record('layers in a user namespace', 'not measured: needs /dev/fuse');
  const work = testWork();
  const tools = await fuseTools();
  await measure(join(kitRoot, 'kit'), ['build', '--dir', dir, 'examples/node-app.yml'], kitRoot);
  const { layers } = await initrdLayers(join(dir, 'node-app-initrd.img'), work);
  const images = layers.filter(({ use }) => use === 'root').map(({ file }) => file);
  const folders: string[] = [];
  for (const file of images) folders.push(await unpackedLayer(file, work));
  const ways: readonly (readonly [title: string, mounts: string])[] = [
    ['overlay over unpacked folders', overlay(folders)],
    ['overlay over erofsfuse', erofsFuse(images, tools)],
    ['fuse-overlayfs over unpacked folders', fuseOverlay(folders, tools)],
  ];
  for (const [title, mounts] of ways) {
    const [start, read] = [startNode, readAll].map((use) => middle(times(mounts, use, dir)));
    record(`layers: ${title}`, `start ${start} ms, read ${read} ms`);
  }
}

const rounds = 7;
const startNode = 'chroot m /usr/bin/node -e 0';
const readAll = 'find m -type f -exec cat {} + >/dev/null';

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const overlay = (folders: readonly string[]): string =>
  `mount -t overlay -o ro,lowerdir=${quoted(folders.toReversed().join(':'))} overlay m`;

/** A tool as a shell command. */
function shell(tools: Tools, name: string, args: readonly string[]): string {
  const { file, args: all } = toolCommand(tools, name, args);
  return [file, ...all].map(quoted).join(' ');
}

function erofsFuse(images: readonly string[], tools: Tools): string {
  const points = images.map((_, at) => `l${at}`);
  const mounts = images.map((image, at) => `mkdir l${at} && ${shell(tools, 'erofsfuse', [image, `l${at}`])}`);
  return [...mounts, overlay(points)].join(' && ');
}

const fuseOverlay = (folders: readonly string[], tools: Tools): string =>
  shell(tools, 'fuse-overlayfs', ['-o', `ro,lowerdir=${folders.toReversed().join(':')}`, 'm']);

/** Milliseconds of each round. The mounts end with their namespace, and the FUSE servers with the mounts. */
function times(mounts: string, use: string, dir: string): number[] {
  const folder = join(dir, 'layers');
  mkdirSync(folder, { recursive: true });
  const script = `mount -t tmpfs none . && cd "$PWD" && mkdir m && ${mounts} && ${use}`;
  const namespaces = ['--user', '--map-root-user', '--mount', '--pid', '--fork', '--kill-child'];
  return Array.from({ length: rounds }, () => {
    const from = performance.now();
    const { status, stderr } = spawnSync('unshare', [...namespaces, 'sh', '-c', script], { cwd: folder });
    if (status !== 0) throw new Error(`Cannot measure: ${stderr}`);
    return performance.now() - from;
  });
}

const middle = (times: readonly number[]): string =>
  (times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0).toFixed(0);
