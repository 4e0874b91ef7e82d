// npm run render: draws every model and form into target/models, and the pictures of the documentation into docs/images.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bpmnModels, forms, languages, root } from '../models/files.js';
import { launchBrowser } from './browser.js';
import { drawDiagram } from './diagrams.js';
import { openForm } from './forms.js';
import { hashOf, stamp } from './stamp.js';

/** Models whose picture the documentation shows. */
export const DOCUMENTED = [ 'conversation', 'attend' ];

const samplesFolder = new URL('../samples/', import.meta.url);

/** Sample variables of a form: name of the sample and data. */
export function samplesOf(formName) {
  return readdirSync(samplesFolder)
    .filter(file => file.startsWith(`${formName}.`))
    .map(file => ({
      name: basename(file, '.json').slice(formName.length + 1),
      data: JSON.parse(readFileSync(new URL(file, samplesFolder), 'utf8'))
    }));
}

/** Path of a model's picture in the documentation. */
export function documentedPicture(name) {
  return join(root, 'docs', 'images', `${name}.png`);
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  await renderAll();
}

async function renderAll() {
  const target = join(root, 'target', 'models');
  mkdirSync(target, { recursive: true });
  mkdirSync(join(root, 'docs', 'images'), { recursive: true });
  const browser = await launchBrowser();

  try {
    for (const { name, text } of await bpmnModels()) {
      const { picture } = await drawDiagram(browser, text);
      const stamped = stamp(picture, hashOf(text));
      write(join(target, `${name}.png`), stamped);
      if (DOCUMENTED.includes(name)) {
        write(documentedPicture(name), stamped);
      }
    }
    for (const form of languages.flatMap(language => forms(language))) {
      for (const { name, data } of samplesOf(form.name)) {
        for (const width of [ 'wide', 'narrow' ]) {
          const page = await openForm(browser, form.schema, data, { width });
          write(join(target, `${form.name}.${name}.${width}.png`), await page.screenshot({ fullPage: true }));
          await page.close();
        }
      }
    }
  } finally {
    await browser.close();
  }
}

function write(path, picture) {
  writeFileSync(path, picture);
  console.log(path.slice(root.length));
}
