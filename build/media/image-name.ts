import { basename } from 'node:path';
import { formats } from '../outputs/formats.ts';
import { suffixesOf } from '../outputs/kernel-files.ts';

export const isManifest = (name: string): boolean => /\.ya?ml$/i.test(name);

/** Suffixes of manifests, and of the files of formats that `kit run` boots; the longest first. */
const suffixes = [
  ...['.yml', '.yaml'],
  ...formats.flatMap((format) => (format.run === undefined ? [] : suffixesOf(format))),
].sort((a, b) => b.length - a.length);

/** `web` for `out/web`, `out/web-kernel`, `out/web-efi.iso` and `examples/web.yml`. */
export function imageName(image: string): string {
  const name = basename(image);
  const suffix = suffixes.find((one) => name.toLowerCase().endsWith(one));
  return suffix === undefined ? name : name.slice(0, -suffix.length);
}
