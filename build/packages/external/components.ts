import { type Component, npmPurl } from '../components.ts';
import type { ExternalPlan } from './plan-external.ts';

/** The external packages for the bill of materials, sorted by purl. */
export function externalComponents({ selection }: ExternalPlan): Component[] {
  const found = [...selection.nodes.values()].map(({ name, version }) => ({
    name,
    version,
    purl: npmPurl(name, version),
  }));
  const byPurl = new Map(found.map((component) => [component.purl, component]));
  return [...byPurl.values()].sort((a, b) => (a.purl < b.purl ? -1 : 1));
}
