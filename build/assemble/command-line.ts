/** What kit adds where the manifest does not say otherwise. */
const defaults = [
  // khugepaged reserves memory per zone: about 120 MiB of a 1 GiB machine.
  'transparent_hugepage=never',
  // A machine whose PID 1 died shows why for a second, then starts again or ends.
  'panic=1',
] as const;

/** The kernel command line of the manifest with kit's defaults after it. */
export function commandLine(given: string): string {
  const words = given.split(/\s+/).filter((word) => word !== '');
  const named = new Set(words.map((word) => word.split('=')[0]));
  return [...words, ...defaults.filter((word) => !named.has(word.split('=')[0] ?? ''))].join(' ');
}
