import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Arch } from '../../build/host/arch.ts';
import { tinyKernel } from '../../build/outputs/uki/testing.ts';
import { textEntry, writeTar } from '../../lib/archive/tar.ts';
import { elfProgram } from '../support/elf-program.ts';

/**
 * Writes `tiny.yml`, a manifest for `arch`, and its small packages, which every format builds quickly. Has
 * files for both compressions of layers, in several folders, with several modes; the bytes are always the
 * same.
 */
export async function writeTiny(dir: string, arch: Arch, mtime: Date): Promise<string> {
  const write = (path: string, content: string | Uint8Array, mode = 0o644): void => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content, { mode });
    utimesSync(join(dir, path), mtime, mtime);
  };
  write('kernel/build.yml', 'image: kernel\n');
  mkdirSync(join(dir, 'kernel/files'), { recursive: true });
  tinyKernel(join(dir, 'kernel/files'), arch);
  const modules = 'usr/lib/modules/6.0-test';
  await writeTar(join(dir, 'kernel/files/kernel.tar'), [
    ...moduleNames.map((name) => textEntry(`${modules}/${name}.ko`, name)),
    textEntry(`${modules}/modules.alias`, 'alias pci:v1 loop\n'),
    textEntry(
      `${modules}/modules.dep`,
      moduleNames.map((name) => `${name}.ko:${name === 'erofs' ? ' loop.ko' : ''}\n`).join(''),
    ),
  ]);
  write('init/build.yml', 'image: init\nlabels: {io.kit.layout: layered}\n');
  for (const name of ['init', 'medium', 'shell'])
    write(`init/files/usr/lib/kit/stage1/${name}`, '#!/bin/busybox sh\n');
  for (const name of ['busybox', 'crun']) write(`init/files/usr/bin/${name}`, name, 0o755);
  write('web/build.yml', 'image: web\nentrypoint: [/bin/web]\n');
  write('web/files/bin/web', elfProgram(arch, noise(5 << 20)), 0o755);
  for (const name of ['Zulu', 'alpha', 'ínspector', 'I', 'i', 'b10', 'b9'])
    write(`web/files/srv/${name}`, name);
  write('motd', 'hello\n');
  write('tiny.yml', manifestText(arch));
  return join(dir, 'tiny.yml');
}

/** Those that layers need, and that other tools' machines do. */
const moduleNames = [
  ...['loop', 'erofs', 'overlay', 'isofs', 'squashfs'],
  ...['virtio_blk', 'virtio_net', 'virtio_scsi'],
];

const manifestText = (arch: Arch): string => `
kernel: {image: ./kernel, binary: kernel-${arch}, cmdline: console=ttyS0}
init: [./init]
onboot: [{name: first, image: ./web, command: [/bin/web, once]}]
services:
  - {name: web, image: ./web, readonly: true, env: [B=2, A=1]}
  - {name: two, image: ./web, binds: ["/etc/motd:/etc/motd"]}
files:
  - {path: etc/motd, source: motd, mode: "0644"}
  - {path: etc/deep/er/file, contents: deep}
  - {path: etc/link, symlink: motd}
  - {path: etc/linuxkit.yml, metadata: yaml}
`;

/** Incompressible bytes, the same each time. */
function noise(bytes: number): Uint8Array {
  const words = new Uint32Array(bytes / 4);
  let state = 1;
  for (let at = 0; at < words.length; at++) {
    state = Math.imul(state, 1664525) + 1013904223;
    words[at] = state ^ (state >>> 15);
  }
  return new Uint8Array(words.buffer);
}
