// Draws a BPMN model as Modeler does, as PNG.

import { fileURLToPath } from 'node:url';
import { fontCss, fontFamily } from './fonts.js';

const VIEWER = fileURLToPath(import.meta.resolve('bpmn-js/dist/bpmn-viewer.production.min.js'));

const PADDING = 24;

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} xml the model
 * @returns {Promise<{ picture: Buffer, labels: { id: string, box: object }[], texts: { id: string, width: number, height: number, box: object }[] }>}
 *   the picture, two device pixels for each unit of the diagram; where the labels outside of shapes came to lie, and the
 *   texts inside of tasks with the room they have
 */
export async function drawDiagram(browser, xml) {
  const page = await browser.newPage({ deviceScaleFactor: 2, viewport: { width: 2400, height: 1400 } });
  page.setDefaultTimeout(60_000);

  try {
    await page.setContent(
      `<style>${fontCss} body { margin: 0; background: white } #canvas { width: 2400px; height: 1400px }</style><div id="canvas"></div>`
    );
    await page.addScriptTag({ path: VIEWER });

    const { svg, labels, texts } = await page.evaluate(async ({ xml, fontFamily }) => {
      await Promise.all([ ...document.fonts ].map(font => font.load()));
      const viewer = new window.BpmnJS({
        container: '#canvas',
        textRenderer: { defaultStyle: { fontFamily } }
      });
      const { warnings } = await viewer.importXML(xml);
      if (warnings.length) {
        throw new Error(warnings.map(warning => warning.message).join('\n'));
      }
      const registry = viewer.get('elementRegistry');
      const textBox = element => {
        const { x, y, width, height } = registry.getGraphics(element).querySelector('text').getBBox();
        return { x: element.x + x, y: element.y + y, width, height };
      };
      return {
        svg: (await viewer.saveSVG()).svg,
        labels: registry
          .filter(element => element.type === 'label')
          .map(element => ({ id: element.businessObject.id, box: textBox(element) })),
        texts: registry
          .filter(({ businessObject, type }) => type !== 'label' && businessObject.$instanceOf('bpmn:Activity') && type !== 'bpmn:SubProcess')
          .map(element => ({ id: element.id, width: element.width, height: element.height, box: textBox(element) }))
      };
    }, { xml, fontFamily });

    const drawing = svg.replace(/^[\s\S]*?(?=<svg )/, '');
    await page.setContent(
      `<style>${fontCss} body { margin: 0; background: white } #picture { display: inline-block; padding: ${PADDING}px } svg { display: block }</style>` +
      `<div id="picture">${drawing}</div>`
    );
    await page.evaluate(() => Promise.all([ ...document.fonts ].map(font => font.load())));
    return { picture: await page.locator('#picture').screenshot(), labels, texts };
  } finally {
    await page.close();
  }
}
