/**
 * A URL for Chrome's address bar. Recent versions refuse unknown parameters, such as `experiments`, which
 * Node prints.
 */
export function devtoolsUrl(url: string): string {
  return `devtools://devtools/bundled/js_app.html?v8only=true&ws=${url.replace('ws://', '')}`;
}

/**
 * A configuration for .vscode/launch.json, as vscode-js-debug reads it. There is no localRoot or remoteRoot:
 * source maps name the files of this host, and the bundle itself is not one of them.
 */
export function vscodeConfiguration(title: string, port: number): object {
  return {
    name: `kit debug ${title}`,
    type: 'node',
    request: 'attach',
    address: '127.0.0.1',
    port,
    // Reconnects when `kit debug` is started again.
    restart: true,
    sourceMaps: true,
    // By default only source maps of files in the workspace are used, and the bundle is not in it.
    resolveSourceMapLocations: ['**'],
    // Would make the service's child processes load a file that exists on this host only.
    autoAttachChildProcesses: false,
    skipFiles: ['<node_internals>/**'],
  };
}
