// How processes, elements, jobs, messages, variables and forms are called, and that no wait lasts for ever.

import { test } from 'node:test';
import { bpmnModels, forms, languages } from './files.js';
import { expectNone } from './findings.js';
import { formsAreTwins, keysAreCamelCase } from './form-rules.js';
import * as rules from './rules.js';
import { waitsWithoutTimer } from './waits.js';

for (const model of await bpmnModels()) {
  test(`${model.path} is named as its process`, () => expectNone(rules.fileIsNamedAsTheProcess(model), model.path));
  test(`${model.path} has ids that tell the kind of the element`, () => expectNone(rules.idsTellTheKind(model), model.path));
  test(`${model.path} names everything a reader sees`, () => expectNone(rules.everythingIsNamed(model), model.path));
  test(`${model.path} asks questions at gateways`, () => expectNone(rules.gatewaysAskQuestions(model), model.path));
  test(`${model.path} has a default flow at every choice`, () => expectNone(rules.gatewaysHaveADefault(model), model.path));
  test(`${model.path} has a timer on every wait`, () =>
    expectNone(rules.everyWaitHasATimer(model, waitsWithoutTimer[model.name] || {}), model.path));
  test(`${model.path} has job types in kebab-case, retried 10 times`, () => expectNone(rules.jobsAreKebabCaseWithRetries(model), model.path));
  test(`${model.path} has message names in kebab-case`, () => expectNone(rules.messagesAreKebabCase(model), model.path));
  test(`${model.path} has variables in camelCase`, () => expectNone(rules.variablesAreCamelCase(model), model.path));
}

const [ first, ...others ] = languages;

for (const language of languages) {
  for (const form of forms(language)) {
    test(`${form.path} has the id of its file and keys in camelCase`, () =>
      expectNone(keysAreCamelCase(form, language), form.path));
  }
}

for (const other of others) {
  test(`forms/${first} and forms/${other} have the same forms with the same fields`, () =>
    expectNone(formsAreTwins(forms(first), first, forms(other), other), `forms/${other}`));
}
