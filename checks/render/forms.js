// Draws a form as the agent sees it, with the viewer of the Tasklist version it must run in.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.js';
import { fontCss, fontFamily } from './fonts.js';

/** Viewers by the platform version that brings them. */
export const VIEWERS = {
  '8.6': '@bpmn-io/form-js-viewer',
  '8.8': 'form-js-viewer-newest'
};

const WIDTHS = { wide: 960, narrow: 400 };

const bundles = new Map();

async function bundleOf(viewer) {
  if (!bundles.has(viewer)) {
    const script = await bundle(`export { createForm, getSchemaVariables } from '${viewer}';`, {
      format: 'iife',
      globalName: 'FormJS'
    });
    bundles.set(viewer, script);
  }
  return bundles.get(viewer);
}

/**
 * Opens a form in a page of its own; the caller closes the page. In the page, `form` is the form-js instance.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {object} schema the form
 * @param {object} data the variables it is opened with
 * @param {{ version?: keyof VIEWERS, width?: keyof WIDTHS }} options
 */
export async function openForm(browser, schema, data, { version = '8.6', width = 'wide' } = {}) {
  const viewer = VIEWERS[version];
  const css = readFileSync(fileURLToPath(import.meta.resolve(`${viewer}/dist/assets/form-js.css`)), 'utf8');
  const page = await browser.newPage({ deviceScaleFactor: 1.5, viewport: { width: WIDTHS[width], height: 1200 } });
  page.setDefaultTimeout(60_000);

  await page.setContent(
    `<style>${fontCss} ${css} body { margin: 0; padding: 16px; font-family: ${fontFamily} } .fjs-container { --font-family: ${fontFamily} }</style><div id="form"></div>`
  );
  await page.addScriptTag({ content: await bundleOf(viewer) });
  await page.evaluate(async ({ schema, data }) => {
    await Promise.all([ ...document.fonts ].map(font => font.load()));
    window.form = await window.FormJS.createForm({ container: '#form', schema, data });
  }, { schema, data });
  return page;
}
