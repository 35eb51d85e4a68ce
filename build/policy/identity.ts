import { formatReference, isReference, parseReference, type Reference } from '../reference/reference.ts';
import type { Identity } from './policy.ts';

/**
 * Whether a signature under the name `signed` is one for this image (containers-policy.json(5),
 * "signedIdentity"). Undefined where it names nothing.
 */
export function isIdentity(identity: Identity, image: Reference, signed: string | undefined): boolean {
  if (identity.type === 'any') return true;
  const name = signed !== undefined && isReference(signed) ? parseReference(signed) : undefined;
  if (!name) return false;
  switch (identity.type) {
    case 'matchExact':
      return isExact(image, name);
    case 'matchRepository':
      return repositoryOf(image) === repositoryOf(name);
    case 'matchRepoDigestOrExact':
      return isDigestOrExact(image, name);
    case 'exactReference':
      return formatReference(parseReference(identity.name)) === formatReference(name);
    case 'exactRepository':
      return repositoryOf(parseReference(identity.name)) === repositoryOf(name);
    case 'remapIdentity':
      return isDigestOrExact(remapped(image, identity), name);
  }
}

const repositoryOf = ({ registry, repository }: Reference): string => `${registry}/${repository}`;

/** An image that is named by its digest alone has no exact name. */
const isExact = (image: Reference, name: Reference): boolean =>
  image.tag !== undefined && image.digest === undefined && formatReference(image) === formatReference(name);

/** The digest is that of the signature, which was compared before. */
const isDigestOrExact = (image: Reference, name: Reference): boolean =>
  image.digest === undefined ? isExact(image, name) : repositoryOf(image) === repositoryOf(name);

function remapped(
  image: Reference,
  { prefix, signedPrefix }: Extract<Identity, { type: 'remapIdentity' }>,
): Reference {
  const text = formatReference(image);
  const isBelow = text === prefix || ['/', ':', '@'].some((mark) => text.startsWith(`${prefix}${mark}`));
  const moved = `${signedPrefix}${text.slice(prefix.length)}`;
  return isBelow && isReference(moved) ? parseReference(moved) : image;
}

/** In words that complete "no signature …". */
export function identityText(identity: Identity, image: Reference): string {
  switch (identity.type) {
    case 'any':
      return '';
    case 'matchRepository':
      return ` for "${repositoryOf(image)}"`;
    case 'exactReference':
    case 'exactRepository':
      return ` for "${identity.name}"`;
    case 'remapIdentity':
      return ` for "${formatReference(remapped(image, identity))}"`;
    default:
      return ` for "${formatReference(image)}"`;
  }
}
