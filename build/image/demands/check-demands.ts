import { combineErrors, KitError } from '../../../lib/errors/errors.ts';
import { landlockProgram } from '../../../lib/process/confined-command.ts';
import { rootStack } from '../../layers/root-stack.ts';
import type { Entry, Located } from '../../manifest/types.ts';
import type { Tree } from '../../tree/tree.ts';
import type { Work } from '../../work.ts';
import { containerPlaces } from '../entries/container-places.ts';
import type { PlannedBundle } from '../plan/bundles.ts';
import type { ImagePlan } from '../plan/image-plan.ts';
import { ImageFiles } from './container-files.ts';
import { hasProgram, imageDemands, machineDemands, type TreeRefusal } from './tree-demands.ts';

/**
 * Refuses entries that need what neither their image nor the machine has: a program, an interpreter, an OCI
 * runtime, a folder to bind. For kit's init, whose machine the build knows.
 * @throws KitErrors with the errors of all entries
 */
export async function checkDemands(plan: ImagePlan, work: Work): Promise<void> {
  if (plan.reader !== 'kit') return;
  const guest = await machineTree(plan, work);
  using images = new ImageFiles(work);
  const machine = { arch: work.arch, anyFormat: registersFormats(plan) };
  const errors: KitError[] = [];
  for (const bundle of plan.bundles) {
    const { origin } = plan.manifest[bundle.section][bundle.at] as Located<Entry>;
    const { mounts } = containerPlaces(bundle);
    const ofImage = imageDemands(bundle, await images.of(bundle.image, mounts), machine);
    const refusals = [...programDemands(bundle, guest), ...machineDemands(bundle, guest), ...ofImage];
    errors.push(
      ...refusals.map(([path, message, hint]) => new KitError(message, { place: origin.place(path), hint })),
    );
  }
  if (errors.length > 0) throw combineErrors(errors);
}

/** The root file system of the init images, with the paths of `files:`. */
async function machineTree({ init, manifest }: ImagePlan, work: Work): Promise<Tree> {
  const images = init.map(({ image }) => image);
  const { tree } = await rootStack(images, work);
  const files = manifest.files.map(({ value }) => {
    const path = value.path.replace(/^\/+/, '');
    const node = { path, type: value.directory ? 'directory' : 'file', mode: 0o755, uid: 0, gid: 0 } as const;
    return [path, { ...node, linkname: '' }] as const;
  });
  return new Map([...tree, ...files]);
}

/** The programs of the machine that start a container. */
function programDemands({ name, effective }: PlannedBundle, guest: Tree): TreeRefusal[] {
  const { ociRuntime, landlock } = effective;
  const runtime: TreeRefusal = [
    ['ociRuntime'],
    `"${name}" is run by ${ociRuntime}, and no image of "init" has it`,
    `init: [pkg/init, pkg/${ociRuntime}, …]`,
  ];
  const confining: TreeRefusal = [
    ['landlock'],
    `"${name}" has rules of Landlock, and no image of "init" has the program that applies them`,
    'init: [pkg/init, pkg/landlock, …]',
  ];
  return [
    ...(hasProgram(guest, ociRuntime) ? [] : [runtime]),
    ...(!landlock || guest.has(landlockProgram.slice(1)) ? [] : [confining]),
  ];
}

/** Whether the machine may execute programs of other formats, as with LinuxKit's binfmt. */
const registersFormats = ({ init, bundles }: ImagePlan): boolean =>
  init.some(({ ref }) => /binfmt/.test(ref.text)) ||
  bundles.some(({ ref, name, spec }) =>
    [ref.text, name, ...spec.mounts.map(({ source }) => source)].some((text) => /binfmt/.test(text)),
  );
