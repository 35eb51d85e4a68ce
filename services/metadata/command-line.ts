import { kernelWords } from '../../lib/cmdline/kernel-words.ts';

/** By names as `kernelWords` gives them; `ds` is cloud-init's. */
const places = ['cloud_config_url', 'ignition.config.url', 'coreos.config.url', 'talos.config'];

/**
 * Places of metadata that the kernel's command line names for other programs, such as
 * `ds=nocloud;s=https://example.org/seed/`, one sentence each: kit reads volumes and files alone. A value may
 * hold a password, so only its kind is shown.
 */
export function unobeyedPlaces(commandLine: string): string[] {
  return kernelWords(commandLine).flatMap(({ name, value = '' }) => {
    const isData = ['ds', 'ci.ds'].includes(name) && value !== '' && !/^(nocloud|none)$/i.test(value);
    if (!isData && !places.includes(name)) return [];
    const shown = isData ? `${name}=${value.split(';')[0]}` : name;
    return [`not obeyed: "${shown}" of the kernel's command line: metadata is read from volumes and files`];
  });
}
