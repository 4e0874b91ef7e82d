// processes/README.md names every process, message and job of the models, and no others.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { is } from 'bpmnlint-utils';
import { bpmnModels, root } from './files.js';

const readme = readFileSync(join(root, 'processes', 'README.md'), 'utf8');
const models = await bpmnModels();

/** First columns of the table under a heading, the code in them. */
function codeOf(heading, column) {
  const [ , section ] = readme.split(`## ${heading}\n`);
  return section.split('\n## ')[0].split('\n')
    .filter(line => line.startsWith('|'))
    .slice(2)
    .map(line => line.split('|')[column].match(/`([^`]+)`/)?.[1])
    .filter(Boolean);
}

test('processes/README.md lists every process', () => {
  for (const { name } of models) {
    assert.ok(readme.includes(`[\`${name}\`](${name}.bpmn)`), `processes/README.md does not list ${name}`);
  }
});

test('processes/README.md lists the jobs of the models', () => {
  const jobs = models.flatMap(({ elements }) => elements
    .flatMap(element => element.extensionElements?.values || [])
    .filter(value => is(value, 'zeebe:TaskDefinition'))
    .map(({ type }) => type));

  assert.deepEqual(codeOf('Jobs', 3).sort(), jobs.sort());
});

test('processes/README.md lists the messages of the models', () => {
  const messages = new Set(models.flatMap(model => model.messages.map(({ name }) => name)));

  assert.deepEqual(codeOf('Messages', 1).sort(), [ ...messages ].sort());
});
