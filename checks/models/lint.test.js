// The rules of others: bpmnlint, Camunda's compatibility rules for each engine version, forms, DMN.

import { test } from 'node:test';
import { bpmnModels, dmnModels, forms, languages } from './files.js';
import { expectNone } from './findings.js';
import { ENGINES, FORM_ENGINES, lintBpmn, lintDmn, lintForm } from './linters.js';

for (const model of await bpmnModels()) {
  for (const engine of ENGINES) {
    test(`${model.path} keeps to bpmnlint and to engine ${engine}`, async () => {
      expectNone(await lintBpmn(model.definitions, engine), model.path);
    });
  }
}

for (const language of languages) {
  for (const form of forms(language)) {
    for (const engine of FORM_ENGINES) {
      test(`${form.path} runs in Tasklist ${engine}`, async () => {
        expectNone(await lintForm(form.schema, engine), form.path);
      });
    }
  }
}

for (const model of dmnModels()) {
  test(`${model.path} keeps to dmnlint`, async () => {
    expectNone(await lintDmn(model.text), model.path);
  });
}
