import { KitError } from '../errors/errors.ts';
import { renderError } from '../errors/render.ts';
import { say } from './say.ts';

/** Runs a program of the guest: what it throws is shown as a person should see it, and becomes the exit status. */
export async function runProgram(main: () => void | Promise<void>): Promise<void> {
  try {
    await main();
  } catch (thrown) {
    say(renderError(thrown), 2);
    process.exitCode = thrown instanceof KitError ? thrown.exitCode : 1;
  }
}
