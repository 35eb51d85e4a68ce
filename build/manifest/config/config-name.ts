import { isUrl } from '../fetch.ts';

/** Whether a manifest is a program that exports it: kit.config.ts, web.mjs. */
export const isConfig = (file: string): boolean => /\.[cm]?[jt]s$/i.test(file);

/** Whether the name of a file is that of a manifest. */
export const isManifestName = (file: string): boolean => /\.ya?ml$/i.test(file) || isConfig(file);

/** Whether a word of a command is a manifest: a file by its name, a URL, or - for standard input. */
export const isManifestWord = (word: string): boolean => word === '-' || isUrl(word) || isManifestName(word);

/** `web` for web.yml and web.ts, `kit` for kit.config.ts. */
export const withoutManifestSuffix = (name: string): string =>
  isConfig(name) ? name.replace(/(?<=.)(?:\.config)?\.\w+$/i, '') : name.replace(/(?<=.)\.ya?ml$/i, '');
