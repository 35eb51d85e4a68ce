import { basename } from 'node:path';
import { isManifestName, withoutManifestSuffix } from '../manifest/config/config-name.ts';
import { formats } from '../outputs/formats.ts';
import { suffixesOf } from '../outputs/kernel-files.ts';

/** Suffixes of the files of formats that `kit run` boots; the longest first. */
const suffixes = [...formats.flatMap((format) => (format.run === undefined ? [] : suffixesOf(format)))].sort(
  (a, b) => b.length - a.length,
);

/** `web` for `out/web`, `out/web-kernel`, `out/web-efi.iso` and `examples/web.yml`. */
export function imageName(image: string): string {
  const name = basename(image);
  if (isManifestName(name)) return withoutManifestSuffix(name);
  const suffix = suffixes.find((one) => name.toLowerCase().endsWith(one));
  return suffix === undefined ? name : name.slice(0, -suffix.length);
}
