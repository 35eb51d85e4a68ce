import type { CST } from 'yaml';
import { KitError, type SourcePosition } from '../../lib/errors/errors.ts';

/** Deeper than any real manifest. The YAML library recurses, and takes cubic time on nested keys. */
const depthLimit = 40;

type Collection = CST.BlockMap | CST.BlockSequence | CST.FlowCollection;

/**
 * Rejects documents that would overflow the stack of the YAML library or keep it busy, before it composes
 * them.
 * @throws KitError for deep nesting, and for keys that are lists or maps
 */
export function refuseDepth(tokens: readonly CST.Token[], at: (offset: number) => SourcePosition): void {
  let level: CST.Token[] = tokens.flatMap((token) =>
    token.type === 'document' && token.value ? [token.value] : [],
  );
  for (let depth = 0; level.length > 0; depth += 1) {
    const [first] = level;
    if (first && depth > depthLimit)
      throw new KitError(`nested more than ${depthLimit} levels deep`, { place: at(first.offset) });
    level = level.filter(isCollection).flatMap((collection) => childrenOf(collection, at));
  }
}

function isCollection(token: CST.Token): token is Collection {
  return token.type === 'block-map' || token.type === 'block-seq' || token.type === 'flow-collection';
}

function childrenOf(collection: Collection, at: (offset: number) => SourcePosition): CST.Token[] {
  return collection.items.flatMap(({ key, value }) => {
    if (key && isCollection(key))
      throw new KitError('a key must be a string, not a list or a map', { place: at(key.offset) });
    return value ? [value] : [];
  });
}
