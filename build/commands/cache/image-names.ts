import { formatReference, parseReference, withDefaultTag } from '../../registry/reference.ts';

/** The image names an argument can stand for: as written (`kit/sshd:3f2a…`), and as a full reference. */
export function imageNames(text: string): string[] {
  return [text, fullReference(text)];
}

/** `docker.io/library/redis:7` for `redis:7`. @throws KitError for an invalid reference */
export const fullReference = (text: string): string => formatReference(withDefaultTag(parseReference(text)));
