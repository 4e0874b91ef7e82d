import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * @param {string} contents a module's text
 * @param {object} options of esbuild
 * @returns {Promise<string>} the module and all it needs, as one script
 */
export async function bundle(contents, options) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    write: false,
    logLevel: 'error',
    ...options
  });
  return outputFiles[0].text;
}
