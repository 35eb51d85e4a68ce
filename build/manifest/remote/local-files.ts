import { KitError, KitErrors } from '../../../lib/errors/errors.ts';
import { isLocalFile } from '../../reference/image-ref.ts';
import { imageRefs } from '../images/image-refs.ts';
import type { PackageName } from '../templates.ts';
import type { Manifest } from '../types.ts';

/**
 * Refuses a manifest of another host that names files of this one: whoever serves it would choose what the
 * image holds, such as the builder's keys, and the image's own services could send it on. Packages by name
 * (`pkg/sshd`) and images of registries remain. @throws KitErrors
 */
export function refuseLocalFiles(manifest: Manifest): void {
  const errors = [
    ...manifest.files.flatMap(({ value: { source }, origin }) =>
      source === undefined ? [] : [localFile(source, origin.place(['source']))],
    ),
    ...(manifest.signing
      ? Object.entries(manifest.signing.value).map(([key, file]) =>
          localFile(file, manifest.signing?.origin.place([key])),
        )
      : []),
    ...imageRefs(manifest).flatMap(({ value, origin }) =>
      isLocalFile(value) ? [localFile(value.text, origin.place())] : [],
    ),
  ];
  if (errors.length > 0) throw new KitErrors(errors);
}

/** In place of finding packages of this host for the `@pkg:` templates of such a manifest. */
export const noLocalPackages: PackageName = async () => {
  throw new KitError(reason, { hint });
};

const localFile = (file: string, place: KitError['place']): KitError =>
  new KitError(`Cannot use "${file}": ${reason}`, { place, hint });

const reason = 'a manifest of another host may not name files of this one';
const hint = 'download the manifest, and read it before you use it';
