import { cloudNames } from '../../../lib/bundle/metadata.ts';
import type { Provider } from '../provider.ts';
import { clouds } from '../providers/clouds.ts';
import { localProvider, type ProviderName, providerName } from '../providers.ts';
import type { Trust } from '../trust/trust.ts';
import { cdromProvider } from '../volumes/cdrom.ts';
import { type AskOptions, type Candidate, cloudsProvider } from './ask-clouds.ts';
import type { Hardware } from './hardware.ts';
import { recogniseClouds } from './recognise.ts';

/** `clouds` stands for those that the machine's hardware looks like. */
const defaults = ['clouds', 'cdrom'];

/**
 * The providers named on the command line, clouds among them; without names, the cloud that the hardware
 * looks like, then data volumes. Clouds that are named one after the other are asked at the same time.
 * @throws KitError on an unknown name.
 */
export function cloudProvidersOf(
  names: readonly string[],
  hardware: Hardware,
  trust: Trust,
  { limits, disc = cdromProvider(trust) }: Partial<AskOptions> = {},
): Provider[] {
  const recognised = recogniseClouds(hardware);
  const providers: Provider[] = [];
  let together: Candidate[] = [];
  const flush = (): void => {
    if (together.length > 0) providers.push(cloudsProvider(together, hardware, trust, { limits, disc }));
    together = [];
  };
  for (const text of names.length === 0 ? defaults : names) {
    const named = providerName(text);
    const candidates = candidatesOf(named, recognised);
    if (candidates) together.push(...candidates);
    else {
      flush();
      providers.push(localProvider(named, trust));
    }
  }
  flush();
  return providers;
}

function candidatesOf(
  { name, argument }: ProviderName,
  recognised: readonly string[],
): Candidate[] | undefined {
  const wanted = cloudNames.filter((each) => (name === 'clouds' ? recognised.includes(each) : each === name));
  if (wanted.length === 0 && name !== 'clouds') return undefined;
  return wanted.map((each) => ({ cloud: clouds[each], argument, isRecognised: recognised.includes(each) }));
}
