import { cloudNames, metadataProviders } from '../../lib/bundle/metadata.ts';
import { KitError } from '../../lib/errors/errors.ts';
import { fileProvider } from './file.ts';
import type { Provider } from './provider.ts';
import type { Trust } from './trust/trust.ts';
import { cdromProvider } from './volumes/cdrom.ts';

/** A provider as the command line names it: `cdrom`, `cdrom=/dev/vdb`, `file=PATH`. */
export interface ProviderName {
  readonly name: string;
  /** The text after `=`. */
  readonly argument: string | undefined;
}

export function providerName(text: string): ProviderName {
  const [name = '', ...rest] = text.split('=');
  return { name, argument: rest.length === 0 ? undefined : rest.join('=') };
}

/**
 * The providers that need no network, in the order in which they are named; without names, `cdrom`.
 * @throws KitError on an unknown name.
 */
export function providersOf(names: readonly string[], trust: Trust): Provider[] {
  return (names.length === 0 ? ['cdrom'] : names).map((text) => localProvider(providerName(text), trust));
}

/** @throws KitError on an unknown name */
export function localProvider({ name, argument }: ProviderName, trust: Trust): Provider {
  if (name === 'cdrom') return cdromProvider(trust, argument);
  if (name === 'file') {
    if (argument === undefined)
      throw new KitError('Cannot use provider "file": expected file=PATH', { exitCode: 2 });
    return fileProvider(trust, argument);
  }
  const isCloud = cloudNames.some((each) => each === name);
  throw new KitError(
    `Cannot use metadata provider "${name}": ${isCloud ? 'it is a cloud' : 'no such provider'}`,
    {
      hint: isCloud ? 'use pkg/metadata-cloud' : `there are: ${metadataProviders.join(', ')}`,
      exitCode: 2,
    },
  );
}
