import { type PathNode, partsOf } from './path-node.ts';

/** As many links as the kernel follows (path_resolution(7)). */
const linkLimit = 40;

/**
 * Where a folder's path leads inside the root; undefined for links that lead in a circle. Parts that do not
 * exist are kept.
 * @param linkAt what the link at a path says, if that is to be followed
 */
export function followLinks(
  root: PathNode,
  folder: string,
  linkAt: (node: PathNode | undefined, path: string) => string | undefined,
): string | undefined {
  if (folder === '') return '';
  let nodes: (PathNode | undefined)[] = [root];
  let done: string[] = [];
  const todo = partsOf(folder);
  for (let links = 0; todo.length > 0; ) {
    const part = todo.shift() ?? '';
    if (part === '..') {
      done.pop();
      if (nodes.length > 1) nodes.pop();
      continue;
    }
    const node = nodes.at(-1)?.children.get(part);
    const target = linkAt(node, [...done, part].join('/'));
    if (target === undefined) {
      done.push(part);
      nodes.push(node);
      continue;
    }
    links += 1;
    if (links > linkLimit) return undefined;
    if (target.startsWith('/')) [nodes, done] = [[root], []];
    todo.unshift(...partsOf(target));
  }
  return done.join('/');
}
