import { metadataProviders } from '../../../lib/bundle/metadata.ts';
import { program } from '../context.ts';
import { takePackage } from '../take.ts';
import { argumentsOf, askAbout, type Rule, runsAnother } from './rule.ts';

const isLocal = (word: string): boolean => word === 'cdrom' || word.startsWith('file=');

/** LinuxKit's asks all clouds, one after another; kit's the one that the machine's hardware looks like. */
export const metadata: Rule = (entry, image, context) => {
  if (runsAnother(entry, image, ['metadata'], context)) return;
  const words = argumentsOf(entry).filter((word) => word !== '-v');
  const own = words.filter((word) => isLocal(word) || metadataProviders.some((name) => name === word));
  const isPlain = own.length > 0 && own.every(isLocal);
  takePackage(entry, { kind: 'package', name: isPlain ? 'metadata' : 'metadata-cloud' }, context);
  if (!entry.command) return;
  const isDefault = own.length === 0 || (isPlain && own.length === 1 && own[0] === 'cdrom');
  entry.setCommand(isDefault ? undefined : [...program, ...own]);
  context.rewriter.change(
    entry.at('command'),
    isDefault ? 'that is its default' : `its providers: ${own.join(', ')}`,
  );
  const strange = words.filter((word) => !own.includes(word));
  askAbout(entry, strange, 'kit knows no metadata service of this name (docs/clouds.md)', context);
};
