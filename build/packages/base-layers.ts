import { join } from 'node:path';
import type { Descriptor } from '../../lib/oci/types.ts';
import { kitRoot } from '../host/paths.ts';
import type { Work } from '../work.ts';
import { nodeComponent, withContents } from './components.ts';
import type { IcuData } from './node-runtime/english-data.ts';

/** The layers below every TypeScript program; tests use smaller ones. */
export interface BaseLayers {
  /** Folder of the package with the shared libraries. */
  readonly libs: string;
  nodeLayer(work: Work, icu: IcuData): Promise<Descriptor>;
}

export const baseLayers: BaseLayers = {
  libs: join(kitRoot, 'pkg', 'libs'),
  async nodeLayer(work, icu) {
    const { nodeRuntimeLayer } = await import('./node-runtime/node-runtime.ts');
    return withContents(await nodeRuntimeLayer(work, icu), [await nodeComponent(work.arch)]);
  },
};
