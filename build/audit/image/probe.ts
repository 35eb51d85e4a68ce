import type { Arch } from '../../host/arch.ts';
import { kitRoot } from '../../host/paths.ts';
import { resolveImage } from '../../images/resolve.ts';
import type { ImageLayer } from '../../layers/layers.ts';
import { imageLayers, overlaidImage } from '../../layers/layers.ts';
import { parseImageRef } from '../../reference/image-ref.ts';
import type { Work } from '../../work.ts';
import { probeFolder } from './shadow.ts';

const probe = 'pkg/audit-probe';

/** The layers of the probe and of the Node that it runs on, lowest first. */
export async function probeLayers(work: Work): Promise<ImageLayer[]> {
  const image = await resolveImage(parseImageRef(probe, { folder: kitRoot }), work);
  return imageLayers((await overlaidImage(image, 'bundle', work)).layers, work);
}

/** The dynamic linker and the libraries of pkg/libs. */
const linkers: Readonly<Record<Arch, readonly [linker: string, libraries: string]>> = {
  amd64: ['usr/lib64/ld-linux-x86-64.so.2', 'usr/lib/x86_64-linux-gnu'],
  arm64: ['usr/lib/ld-linux-aarch64.so.1', 'usr/lib/aarch64-linux-gnu'],
};

/**
 * The probe's command, without its argument. It names the linker, since the paths in Node's file are those of
 * a root file system of kit's, which the image need not have.
 * @param root where the probe's layers are mounted in the container
 */
export function probeCommand(arch: Arch, root = `/${probeFolder}`): string[] {
  const [linker, libraries] = linkers[arch];
  const node = ['usr/bin/node', '--disable-warning=ExperimentalWarning', '--disable-sigusr1'];
  const [program = '', ...options] = node;
  const at = (path: string): string => (root === '/' ? `/${path}` : `${root}/${path}`);
  return [at(linker), '--library-path', at(libraries), at(program), ...options, at('service/main.mjs')];
}
