import { isReference, parseReference } from '../reference/reference.ts';
import { type Counterpart, counterpart, type HasPackage, type LinuxkitPackage } from './counterpart.ts';
import { linuxkitPackages } from './linuxkit-packages.ts';

/** An image of LinuxKit in a manifest. */
export interface LinuxkitImage {
  /** `getty` */
  readonly name: string;
  /** Undefined for a name that the table does not have. */
  readonly row: LinuxkitPackage | undefined;
}

/**
 * LinuxKit's image behind this reference, with any tag or digest, from Docker Hub or a mirror elsewhere;
 * undefined for everybody else's. A mirror may hold images of its own: of those, only names of the table are
 * LinuxKit's.
 */
export function linuxkitImage(text: string): LinuxkitImage | undefined {
  if (!/(?:^|\/)linuxkit\//.test(text) || !isReference(text)) return undefined;
  const { registry, repository } = parseReference(text);
  const [, path, name] = /^(.+\/)?linuxkit\/([^/]+)$/.exec(repository) ?? [];
  if (name === undefined) return undefined;
  const row = Object.hasOwn(linuxkitPackages, name) ? linuxkitPackages[name] : undefined;
  const isTheirs = registry === 'docker.io' && path === undefined;
  return isTheirs || row ? { name, row } : undefined;
}

/**
 * What to do about an image of LinuxKit, as half a sentence: `for linuxkit/getty take pkg/getty: kit migrate
 * FILE`. Undefined for other images.
 */
export function partAdvice(text: string, has?: HasPackage): string | undefined {
  const image = linuxkitImage(text);
  return image?.row && `${partSentence(image.name, counterpart(image.row, has))}: kit migrate FILE`;
}

/** `for linuxkit/getty take pkg/getty` */
export function partSentence(name: string, part: Counterpart): string {
  switch (part.kind) {
    case 'package':
      return `for linuxkit/${name} take pkg/${part.name}`;
    case 'built-in':
    case 'needless':
      return `leave linuxkit/${name} out, since ${part.why}`;
    case 'debian':
      return `for linuxkit/${name} put Debian's ${part.packages} into a package of your own (docs/packages.md)`;
    case 'none':
      return `kit has nothing for linuxkit/${name}: ${part.instead}`;
  }
}
