// The drawing: complete, orthogonal, nothing crosses, the story runs left to right on one line.

import { test } from 'node:test';
import { bpmnModels } from './files.js';
import { expectNone } from './findings.js';
import * as geometry from './geometry.js';

const RULES = {
  'draws every element': geometry.everythingIsDrawn,
  'has orthogonal flows': geometry.flowsAreOrthogonal,
  'has flows that touch what they connect': geometry.flowsTouchWhatTheyConnect,
  'has no flows that cross': geometry.flowsDoNotCross,
  'has no flow through a shape': geometry.flowsDoNotCrossShapes,
  'has no shape on another': geometry.shapesDoNotOverlap,
  'fits one screen': geometry.fitsOneScreen,
  'tells its story left to right on one line': geometry.storyRunsLeftToRight
};

for (const model of await bpmnModels()) {
  for (const [ name, rule ] of Object.entries(RULES)) {
    test(`${model.path} ${name}`, () => expectNone(rule(model), model.path));
  }
}
