import type { Reference } from '../reference/reference.ts';
import type { Policy, Rule } from './policy.ts';

/** The rule for an image: that of the most precise scope. */
export function ruleFor({ scopes, fallback }: Policy, reference: Reference): Rule {
  for (const scope of scopesOf(reference)) {
    const rule = scopes.get(scope);
    if (rule) return rule;
  }
  return fallback;
}

/**
 * The scopes of an image, the most precise first: with its digest, with its tag, its repository, the
 * namespaces above it, its registry, and the domains of that (containers-policy.json(5), "docker:").
 */
export function scopesOf({ registry, repository, tag, digest }: Reference): string[] {
  const name = `${registry}/${repository}`;
  const parts = repository.split('/');
  const above = parts.map((_part, at) => [registry, ...parts.slice(0, parts.length - at)].join('/'));
  const [host = '', ...rest] = registry.replace(/:\d+$/, '').split('.');
  const domains = rest.map((_part, at) => `*.${[host, ...rest].slice(at + 1).join('.')}`);
  return [
    ...(digest === undefined ? [] : [`${name}@${digest}`]),
    ...(tag === undefined ? [] : [`${name}:${tag}`]),
    ...above,
    registry,
    ...domains,
  ];
}

/** Whether a text can be a scope: it begins with a registry's host, or is `*.DOMAIN`. */
export const isScope = (text: string): boolean =>
  /^\*\.[a-z0-9-]+(?:\.[a-z0-9-]+)*$/i.test(text) ||
  /^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+|\[[0-9a-f:]+\]|[a-z0-9.-]+(?=:\d))(?::\d{1,5})?(?:\/[a-z0-9._-]+)*(?::\w[\w.-]*|@sha256:[0-9a-f]{64})?$/i.test(
    text,
  );
