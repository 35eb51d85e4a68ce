import { KitError } from '../../errors/errors.ts';

/** What templates may ask for: what the meta-data says of the machine. */
export interface JinjaValues {
  readonly hostname?: string | undefined;
  readonly instanceId?: string | undefined;
}

/**
 * The text below the line `## template: jinja`, with the machine's name and instance id in place of
 * `{{ v1.local_hostname }}` and the like. Jinja is a language; of it only these variables are rendered.
 * @throws KitError on anything else, which would otherwise stand in files as it is written
 */
export function renderJinja(text: string, { hostname, instanceId }: JinjaValues): string {
  const body = text.trimStart().replace(/^.*(\r?\n|$)/, '');
  const values: Readonly<Record<string, string | undefined>> = {
    ...{ local_hostname: hostname, hostname, 'local-hostname': hostname },
    ...{ instance_id: instanceId, 'instance-id': instanceId },
  };
  return body.replace(/\{\{[^{}\n]*\}\}|\{[{%#]/g, (expression) => {
    const name = /^\{\{-?\s*(?:v1\.|ds\.meta_data\.|ds\.)?([\w-]+?)\s*-?\}\}$/.exec(expression)?.[1] ?? '';
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) {
      throw new KitError(
        `it is a Jinja template with "${expression.slice(0, 60)}", and kit renders only the names that ` +
          'meta-data gives: {{ v1.local_hostname }}, {{ v1.instance_id }}',
      );
    }
    return value;
  });
}
