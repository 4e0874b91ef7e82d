// What only a browser can tell: where labels come to lie. Draws every model into target/models on the way.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { launchBrowser } from '../render/browser.js';
import { drawDiagram } from '../render/diagrams.js';
import { DOCUMENTED, documentedPicture } from '../render/render.js';
import { hashOf, stamp, stampOf } from '../render/stamp.js';
import { bpmnModels, root } from './files.js';
import { expectNone } from './findings.js';
import { labelsAreFree } from './geometry.js';

const target = join(root, 'target', 'models');

let browser;

before(async () => {
  mkdirSync(target, { recursive: true });
  browser = await launchBrowser();
});

after(() => browser?.close());

for (const model of await bpmnModels()) {
  test(`${model.path} has labels that can be read`, async () => {
    const { picture, labels, texts } = await drawDiagram(browser, model.text);
    writeFileSync(join(target, `${model.name}.png`), stamp(picture, hashOf(model.text)));

    expectNone([
      ...labelsAreFree(model, labels),
      ...texts
        .filter(({ width, height, box }) => box.width > width || box.height > height)
        .map(({ id }) => `the name of ${id} does not fit into it`)
    ], model.path);
  });
}

for (const name of DOCUMENTED) {
  test(`docs/images/${name}.png shows the model as it is`, async () => {
    const { text } = (await bpmnModels()).find(model => model.name === name);
    const picture = documentedPicture(name);

    assert.ok(existsSync(picture), `there is no docs/images/${name}.png: npm run render`);
    assert.equal(stampOf(readFileSync(picture)), hashOf(text), `docs/images/${name}.png shows an older model: npm run render`);
  });
}
