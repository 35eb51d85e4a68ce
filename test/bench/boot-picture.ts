/** One row of /run/kit/boot.json (init/timeline.ts); times are in milliseconds since the kernel's start. */
export interface BootPhase {
  readonly phase: string;
  readonly startMs: number;
  readonly endMs: number;
}

const [width, left, rowHeight, head] = [760, 120, 22, 34];

/** Draws the timeline of a boot as SVG: one bar per phase, without phases too short to see. */
export function bootPicture(title: string, phases: readonly BootPhase[]): string {
  const end = Math.max(...phases.map(({ endMs }) => endMs));
  const shown = phases.filter(({ startMs, endMs }) => endMs - startMs > end / 200);
  const scale = (width - left - 70) / end;
  const height = head + shown.length * rowHeight + 26;
  const size = `width="${width}" height="${height}"`;
  const font = 'font-family="sans-serif" font-size="12"';
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${font}><title>${title}</title>
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="10" y="20" font-size="14" fill="#222">${title}</text>
${grid(end, scale, height)}
${shown.map((phase, row) => bar(phase, row, scale)).join('\n')}
</svg>
`;
}

function grid(end: number, scale: number, height: number): string {
  const seconds = Array.from({ length: Math.floor(end / 5000) + 1 }, (_, index) => index * 5);
  const lines = seconds.map((second) => {
    const x = (left + second * 1000 * scale).toFixed(1);
    const line = `<line x1="${x}" y1="${head - 6}" x2="${x}" y2="${height - 20}" stroke="#ddd"/>`;
    return `${line}<text x="${x}" y="${height - 7}" fill="#888" text-anchor="middle">${second} s</text>`;
  });
  return lines.join('\n');
}

function bar({ phase, startMs, endMs }: BootPhase, row: number, scale: number): string {
  const y = head + row * rowHeight;
  const [x, length] = [left + startMs * scale, Math.max(2, (endMs - startMs) * scale)];
  const duration = `${((endMs - startMs) / 1000).toFixed(1)} s`;
  const size = `width="${length.toFixed(1)}" height="${rowHeight - 6}"`;
  return [
    `<text x="${left - 8}" y="${y + 13}" fill="#222" text-anchor="end">${phase}</text>`,
    `<rect x="${x.toFixed(1)}" y="${y + 2}" ${size} rx="2" fill="#3178c6"/>`,
    `<text x="${(x + length + 5).toFixed(1)}" y="${y + 14}" fill="#666">${duration}</text>`,
  ].join('');
}
