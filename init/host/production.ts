import { guestPaths } from '../../lib/bundle/bundle.ts';
import type { StepContext } from '../steps.ts';

/** Whether the image was built with --production, which gives no access to the inside of its services. */
export const isForProduction = ({ system }: Pick<StepContext, 'system'>): boolean =>
  system.files.has(guestPaths.production);

/** In an image for production: no core dumps, which would write the memory of a program to a file. */
export function hardenForProduction(context: StepContext): string | undefined {
  if (!isForProduction(context)) return undefined;
  context.system.setLimit('CORE', 0);
  return 'for production';
}
