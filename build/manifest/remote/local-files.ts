import { KitError, KitErrors } from '../../../lib/errors/errors.ts';
import type { KeyPath } from '../check.ts';
import type { PackageName } from '../templates.ts';
import type { Located, Manifest } from '../types.ts';

/**
 * Refuses a manifest of another host that names files of this one: whoever serves it would choose what the
 * image holds, such as the builder's keys, and the image's own services could send it on. Packages by name
 * (`pkg/sshd`) and images of registries remain. @throws KitErrors
 */
export function refuseLocalFiles(manifest: Manifest): void {
  const { kernel, init, onboot, onshutdown, services, files } = manifest;
  const errors = [
    ...files.flatMap((file) => refused(file, file.value.source, ['source'])),
    ...(kernel ? imageErrors(kernel, kernel.value.image, ['image']) : []),
    ...init.flatMap((image) => imageErrors(image, image.value, [])),
    ...[...onboot, ...onshutdown, ...services].flatMap((entry) =>
      imageErrors(entry, entry.value.image, ['image']),
    ),
  ];
  if (errors.length > 0) throw new KitErrors(errors);
}

/** In place of finding packages of this host for the `@pkg:` templates of such a manifest. */
export const noLocalPackages: PackageName = async () => {
  throw new KitError(reason, { hint });
};

/** Paths, and archives by skopeo's names for them. */
const localImage = /^(?:\.{0,2}\/|\.{1,2}$|~|docker-archive:|oci-archive:|oci:)/;

function imageErrors(at: Located<unknown>, image: string | undefined, path: KeyPath): KitError[] {
  return image !== undefined && localImage.test(image) ? refused(at, image, path) : [];
}

function refused({ origin }: Located<unknown>, file: string | undefined, path: KeyPath): KitError[] {
  return file === undefined ? [] : [localFile(file, origin.place(path))];
}

const localFile = (file: string, place: KitError['place']): KitError =>
  new KitError(`Cannot use "${file}": ${reason}`, { place, hint });

const reason = 'a manifest of another host may not name files of this one';
const hint = 'download the manifest, and read it before you use it';
