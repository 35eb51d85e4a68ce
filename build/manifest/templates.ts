import { KitError, KitErrors, type SourcePosition } from '../../lib/errors/errors.ts';
import { readYaml } from './yaml-document.ts';

/** Resolves to the name and tag of the package in an absolute folder. @throws KitError, KitErrors */
export type PackageName = (folder: string) => Promise<string>;

/** The resolved templates of one manifest. */
export interface Templates {
  /** `@pkg:./web` → `kit/web:3f2a…` */
  readonly texts: ReadonlyMap<string, string>;
  /**
   * Absolute folder of each package by its name: the package is built from there if the cache does not have
   * it.
   */
  readonly folders: ReadonlyMap<string, string>;
  /** For each template that could not be resolved. */
  readonly errors: readonly KitError[];
}

export const templatePrefix = '@pkg:';

const none: Templates = { texts: new Map(), folders: new Map(), errors: [] };

/**
 * Resolves the `@pkg:FOLDER` templates of a manifest, in keys, too.
 * @param file its name in messages @param folderOf makes FOLDER absolute
 * @param placeOfText where a template is, if the text was made by a program
 * @throws KitError, KitErrors for invalid YAML
 */
export async function findTemplates(
  text: string,
  file: string,
  folderOf: (path: string) => string,
  nameOf: PackageName,
  placeOfText?: (text: string) => SourcePosition,
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
      else if (thrown instanceof KitError)
        errors.push(located(thrown, template, placeOfText?.(template) ?? place));
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

/** Errors inside the package keep their position; others get that of the template. */
function located(error: KitError, template: string, place: KitError['place']): KitError {
  if (error.place) return error;
  const message = `Cannot resolve "${template}": ${error.message}`;
  return new KitError(message, { place, hint: error.hint, cause: error });
}
