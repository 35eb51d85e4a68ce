import type { Arch } from '../../host/arch.ts';

/** The configuration of a kernel: options without `CONFIG_`, those that are not set left out. */
export interface KernelConfig {
  readonly options: ReadonlyMap<string, string>;
  /** Of its architecture; undefined if no option tells. */
  readonly arch: Arch | undefined;
}

/** Lines `CONFIG_X=y` and `# CONFIG_X is not set`; undefined for a text that has none. */
export function parseKernelConfig(text: string): KernelConfig | undefined {
  const options = new Map(
    [...text.matchAll(/^CONFIG_(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value] as const),
  );
  if (options.size === 0) return undefined;
  const arch = options.has('X86_64') ? 'amd64' : options.has('ARM64') ? 'arm64' : undefined;
  return { options, arch };
}
