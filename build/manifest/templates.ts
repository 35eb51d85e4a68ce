import { KitError, KitErrors } from '../../lib/errors/errors.ts';
import { readYaml } from './document.ts';

/** Gives the name, with its tag, of the package in an absolute folder. @throws KitError, KitErrors when it is none */
export type PackageName = (folder: string) => Promise<string>;

/** What the templates of one text stand for, and why some stand for nothing. */
export interface Templates {
  /** `@pkg:./web` → `kit/web:3f2a…` */
  readonly texts: ReadonlyMap<string, string>;
  /** The folder of each package by its name: it is built from there when the cache has none of it. */
  readonly folders: ReadonlyMap<string, string>;
  readonly errors: readonly KitError[];
}

export const templatePrefix = '@pkg:';

const none: Templates = { texts: new Map(), folders: new Map(), errors: [] };

/**
 * The names behind the `@pkg:FOLDER` of a manifest's text, keys included.
 * @param file what messages call the text @param folderOf makes an absolute folder of what follows the colon
 * @throws KitError, KitErrors for a text that is no YAML
 */
export async function findTemplates(
  text: string,
  file: string,
  folderOf: (path: string) => string,
  nameOf: PackageName,
): Promise<Templates> {
  if (!text.includes(templatePrefix)) return none;
  const errors: KitError[] = [];
  const found = readYaml(text, file).texts(templatePrefix);
  const first = new Map(found.toReversed().map((template) => [template.text, template]));
  const named = [...first.values()].reverse().map(async ({ text: template, place }) => {
    const folder = folderOf(template.slice(templatePrefix.length));
    try {
      return [{ template, folder, name: await nameOf(folder) }];
    } catch (thrown) {
      if (thrown instanceof KitErrors) errors.push(...thrown.errors);
      else if (thrown instanceof KitError) errors.push(located(thrown, template, place));
      else throw thrown;
      return [];
    }
  });
  const names = (await Promise.all(named)).flat();
  return {
    texts: new Map(names.map(({ template, name }) => [template, name])),
    folders: new Map(names.map(({ name, folder }) => [name, folder])),
    errors,
  };
}

/** An error inside the package has a place of its own; what has none is said of the template. */
function located(error: KitError, template: string, place: KitError['place']): KitError {
  if (error.place) return error;
  const message = `Cannot resolve "${template}": ${error.message}`;
  return new KitError(message, { place, hint: error.hint, cause: error });
}
