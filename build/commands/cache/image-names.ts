import { formatReference, parseReference, withDefaultTag } from '../../registry/reference.ts';

/** The names an argument can mean: as written (`kit/sshd:3f2a…`), and as a full reference of a registry. */
export function imageNames(text: string): string[] {
  return [text, fullReference(text)];
}

/** `docker.io/library/redis:7` for `redis:7`. @throws KitError for an invalid reference */
export const fullReference = (text: string): string => formatReference(withDefaultTag(parseReference(text)));
