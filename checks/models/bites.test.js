// Every rule must be able to fail: each is shown a model or form with one thing wrong.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { bpmnModels, forms, readModel } from './files.js';
import * as geometry from './geometry.js';
import { formsAreTwins, keysAreCamelCase } from './form-rules.js';
import { lintBpmn, lintDmn, lintForm } from './linters.js';
import * as rules from './rules.js';

const attend = (await bpmnModels()).find(({ name }) => name === 'attend');

/** The model of the agent's loop with some text replaced. */
async function broken(from, to) {
  const text = attend.text.replaceAll(from, to);
  assert.notEqual(text, attend.text, `attend.bpmn has no ${from}`);
  return { name: 'attend', text, ...(await readModel(text)) };
}

const CASES = [
  [ rules.fileIsNamedAsTheProcess, '<bpmn:process id="attend"', '<bpmn:process id="attend2"', /process id is attend2/ ],
  [ rules.idsTellTheKind, 'Task_SendAnswer', 'Activity_0x1f2a3', /Activity_0x1f2a3: the id must start with Task_/ ],
  [ rules.idsTellTheKind, 'Gateway_AnswerToSend', 'Gateway_0q1w2e3', /Gateway_0q1w2e3: the id must be Gateway_/ ],
  [ rules.everythingIsNamed, 'name="Send answer"', '', /Task_SendAnswer has no name/ ],
  [ rules.everythingIsNamed, 'name="close"', '', /Flow_Close has no name/ ],
  [ rules.gatewaysAskQuestions, 'Answer to send?', 'Check answer', /"Check answer" is not a question/ ],
  [ rules.gatewaysHaveADefault, ' default="Flow_ShowAgain"', '', /Gateway_WhatComesNext has no default flow/ ],
  [ rules.jobsAreKebabCaseWithRetries, 'type="send-reply"', 'type="sendReply"', /job type sendReply/ ],
  [ rules.jobsAreKebabCaseWithRetries, 'type="send-reply" retries="10"', 'type="send-reply" retries="3"', /Task_SendAnswer: 3 retries/ ],
  [ rules.messagesAreKebabCase, 'name="customer-wrote-again"', 'name="Customer wrote again"', /message name Customer wrote again/ ],
  [ rules.variablesAreCamelCase, 'target="seenThrough"', 'target="seen_through"', /variable seen_through/ ],
  [ geometry.everythingIsDrawn, /<bpmndi:BPMNEdge id="Edge_Flow_Close"[\s\S]*?<\/bpmndi:BPMNEdge>/g, '', /Flow_Close is not in the diagram/ ],
  [ geometry.flowsAreOrthogonal, 'x="1324" y="280"', 'x="1324" y="290"', /Flow_Close is slanted/ ],
  [ geometry.flowsTouchWhatTheyConnect, 'x="1324" y="280"', 'x="1300" y="280"', /Flow_Close ends at 1300,280/ ],
  [ geometry.flowsDoNotCross, 'y="190"', 'y="60"', /Flow_NoAnswerToSend and Flow_BackToAgent cross/ ],
  [ geometry.flowsDoNotCrossShapes, /<di:waypoint x="725" y="190" \/>\s*<di:waypoint x="965" y="190" \/>/g,
    '<di:waypoint x="725" y="260" /><di:waypoint x="965" y="260" />', /Flow_NoAnswerToSend runs through Task_SendAnswer/ ],
  [ geometry.shapesDoNotOverlap, '<dc:Bounds x="800" y="240"', '<dc:Bounds x="960" y="240"', /lies on/ ],
  [ geometry.fitsOneScreen, '<dc:Bounds x="1754"', '<dc:Bounds x="2754"', /more than 1800 x 1000/ ],
  [ geometry.storyRunsLeftToRight, '<di:waypoint x="1040" y="280" />', '<di:waypoint x="1040" y="270" />', /after Gateway_AnswerHandled/ ]
];

for (const [ rule, from, to, finding ] of CASES) {
  test(`${rule.name} bites on ${to || `nothing for ${from}`}`, async () => {
    assert.match(rule(await broken(from, to)).join('\n'), finding);
  });
}

test('everyWaitHasATimer bites on a wait without one and on a reason without a wait', async () => {
  const model = await broken('timerEventDefinition', 'signalEventDefinition');

  assert.match(rules.everyWaitHasATimer(model, {}).join('\n'), /Task_AnswerCustomer waits without a timer/);
  assert.match(rules.everyWaitHasATimer(model, {}).join('\n'), /Gateway_WhatHappensFirst waits without a timer/);
  assert.match(rules.everyWaitHasATimer(attend, { Task_Gone: 'because' }).join('\n'), /Task_Gone is listed/);
});

test('labelsAreFree bites on a label over a shape, a flow, another label', () => {
  const box = (x, y) => ({ x, y, width: 40, height: 14 });

  assert.match(geometry.labelsAreFree(attend, [ { id: 'one', box: box(820, 270) } ]).join(), /the label of one lies on Task_SendAnswer/);
  assert.match(geometry.labelsAreFree(attend, [ { id: 'one', box: box(600, 95) } ]).join(), /the label of one lies on Flow_BackToAgent/);
  assert.match(
    geometry.labelsAreFree(attend, [ { id: 'one', box: box(20, 20) }, { id: 'two', box: box(50, 30) } ]).join(),
    /the labels of one and two lie on each other/
  );
});

test('keysAreCamelCase bites on a form called otherwise than its file', () => {
  const [ form ] = forms('en');

  assert.match(keysAreCamelCase({ ...form, name: 'other-en' }, 'en').join(), /form id is answer-conversation-en, the file is other-en/);
  assert.match(keysAreCamelCase(form, 'es').join(), /does not end with -es/);
});

test('formsAreTwins bites on a missing form and on another key', () => {
  const [ english ] = forms('en');
  const [ spanish ] = forms('es');
  const other = { ...spanish, schema: JSON.parse(spanish.text.replace('"key": "answer"', '"key": "reply"')) };

  assert.match(formsAreTwins([ english ], 'en', [], 'es').join(), /answer-conversation-en has no twin in es/);
  assert.match(formsAreTwins([ english ], 'en', [ other ], 'es').join(), /only in answer-conversation-es: .*reply/);
});

test('bpmnlint bites with its own rules and with those of each engine', async () => {
  const unnamed = await broken('name="Resolved"', '');
  const withoutType = await broken('type="send-reply"', '');

  assert.match((await lintBpmn(unnamed.definitions, '8.6')).join('\n'), /EndEvent_Resolved.*label-required/);
  for (const engine of [ '8.6', '8.7', '8.8', '8.9' ]) {
    assert.match((await lintBpmn(withoutType.definitions, engine)).join('\n'), /Task_SendAnswer.*camunda-compat/);
  }
});

test('the linter of forms bites on a field that Tasklist 8.6 does not have', async () => {
  const schema = { ...forms('en')[0].schema, components: [ { type: 'filepicker', id: 'Field_File', key: 'file' } ] };

  assert.match((await lintForm(schema, '8.6')).join(), /Field_File/);
});

test('dmnlint bites on a decision without a name', async () => {
  const text = `<?xml version="1.0" encoding="UTF-8"?>
    <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="Definitions_x" name="x" namespace="x">
      <decision id="route-conversation"><decisionTable id="Table_x"><output id="Output_x" typeRef="string" /></decisionTable></decision>
    </definitions>`;

  assert.notDeepEqual(await lintDmn(text), []);
});
