import { KitError } from '../errors/errors.ts';
import { renderError } from '../errors/render.ts';
import { printLine } from './print-line.ts';

/** Runs the main function of a guest program. An error is printed and sets the exit status. */
export async function runMain(main: () => void | Promise<void>): Promise<void> {
  try {
    await main();
  } catch (thrown) {
    printLine(renderError(thrown), 2);
    process.exitCode = thrown instanceof KitError ? thrown.exitCode : 1;
  }
}
