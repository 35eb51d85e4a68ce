import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kitRoot } from '../../build/host/paths.ts';
import { bootTimes } from '../../build/machine/boot-chart/boot-times.ts';
import { bootSvg } from '../../build/machine/boot-chart/svg.ts';
import { MachineClient } from '../../build/machine/client/client.ts';
import { sizeOf } from '../../build/size/size-of.ts';
import { treemapSvg } from '../../build/size/views/treemap.ts';
import { testWork } from '../../build/testing.ts';
import { boot } from '../support/machine.ts';

/**
 * `npm run pictures [-- size]`: writes the pictures of docs/, `size.svg` and, from a boot, `boot.svg`; with
 * `size` only the first.
 */
const manifest = 'examples/sshd.yml';
const docs = join(kitRoot, 'docs');

await sizePicture();
if (!process.argv.includes('size')) await bootPicture();

async function sizePicture(): Promise<void> {
  const options = { cwd: kitRoot, stdin: process.stdin };
  const report = await sizeOf([manifest], options, testWork());
  await writeFile(join(docs, 'size.svg'), `${treemapSvg(report, 'bytes', 'stored')}\n`);
}

async function bootPicture(): Promise<void> {
  await using machine = await boot(join(kitRoot, manifest), { metadata: '#cloud-config\nhostname: sshd\n' });
  using client = new MachineClient(machine.dir);
  const times = await bootTimes(client, machine.name);
  await writeFile(join(docs, 'boot.svg'), bootSvg(`A boot of ${manifest}, emulated (TCG)`, times));
}
