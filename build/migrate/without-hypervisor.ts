import type { YAMLMap } from 'yaml';
import { linuxkitImage } from '../parts/part-of.ts';
import type { Context } from './context.ts';
import { textOf } from './entry.ts';
import { argumentsOf } from './rules/rule.ts';

/** Their machines have no hypervisor; `packet` is LinuxKit's older name of it. */
const providersOfServers = new Set(['equinixmetal', 'packet']);

/** What in a manifest of LinuxKit is for servers without a hypervisor, in words; empty for most. */
export function signsOfServer({ rewriter: { source }, entries }: Context, kernel: YAMLMap): string[] {
  const ucode = textOf(source.resolved(source.pair(kernel, 'ucode')?.value)) ?? '';
  const images = (source.list('init')?.items ?? []).map((item) => textOf(source.resolved(item)) ?? '');
  const firmware = images.filter((text) => /^firmware\b/.test(linuxkitImage(text)?.name ?? ''));
  const providers = entries
    .filter(({ image }) => linuxkitImage(image)?.name === 'metadata')
    .flatMap(argumentsOf)
    .filter((word) => providersOfServers.has(word));
  return [
    ...(ucode === '' ? [] : ['`ucode`']),
    ...firmware.map((text) => `"${text.replace(/[:@].*/, '')}"`),
    ...providers.map((name) => `the metadata of "${name}"`),
  ];
}
