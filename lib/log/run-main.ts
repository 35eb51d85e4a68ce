import { KitError } from '../errors/errors.ts';
import { renderError } from '../errors/render.ts';
import { printLine } from './print-line.ts';

/** Runs a program of the guest: what it throws is shown as a person should see it, and becomes the exit status. */
export async function runMain(main: () => void | Promise<void>): Promise<void> {
  try {
    await main();
  } catch (thrown) {
    printLine(renderError(thrown), 2);
    process.exitCode = thrown instanceof KitError ? thrown.exitCode : 1;
  }
}
